//! Arrow files and streams: the same rows as elsewhere, and any damage told.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, LargeListBuilder, MapBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray,
};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use exportscan::read::{Limits, ObjectRef, Options, Origin};

use crate::support::{corpus, tables};

/// A batch with columns of every kind that is written differently.
fn batch(first: i64) -> RecordBatch {
    let mut tags = LargeListBuilder::new(StringBuilder::new());
    let mut map = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    for n in 0..3 {
        tags.values().append_value(format!("t{n}"));
        tags.append(n > 0);
        map.keys().append_value("k");
        map.values().append_value(n);
        map.append(true).unwrap();
    }
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(first..first + 3));
    let names: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("张三"), None, Some("李四")]));
    let owner: ArrayRef = Arc::new(StructArray::try_from(vec![("id", Arc::clone(&ids)), ("name", names)]).unwrap());
    let views: ArrayRef = Arc::new(StringViewArray::from(vec!["a", "a text of more than twelve bytes", "c"]));
    let words: DictionaryArray<arrow_array::types::Int8Type> = vec!["x", "y", "x"].into_iter().collect();
    let columns: [(&str, ArrayRef); 5] = [
        ("owner", owner),
        ("view", views),
        ("word", Arc::new(words)),
        ("tags", Arc::new(tags.finish())),
        ("map", Arc::new(map.finish())),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
}

fn object(bytes: Vec<u8>) -> ObjectRef {
    ObjectRef { uri: "a.arrow".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) }
}

/// A file of batches.
pub(crate) fn file(batches: &[RecordBatch], compression: Option<CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &batches[0].schema(), options).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn files_and_streams_are_read() {
    let batches = [batch(1), batch(11)];
    let expected = "\
a.arrow: owner.id|owner.name|view|word|tags[]|map[].key|map[].value
  1|张三|a|x|~|[k]|[0]
  2|~|a text of more than twelve bytes|y|[t1]|[k]|[1]
  3|李四|c|x|[t2]|[k]|[2]
  11|张三|a|x|~|[k]|[0]
  12|~|a text of more than twelve bytes|y|[t1]|[k]|[1]
  13|李四|c|x|[t2]|[k]|[2]
";
    let files = [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)].map(|by| file(&batches, by));
    for bytes in files.into_iter().chain([stream(&batches)]) {
        for (batch_rows, range_bytes) in [(1, 1), (2, 8 << 20), (8192, 8 << 20)] {
            let options = Options { batch_rows, range_bytes, ..Options::default() };
            assert_eq!(tables(&object(bytes.clone()), &options), expected);
        }
    }
}

#[test]
fn damage_ends_in_rows_and_problems() {
    let bytes = file(&[batch(1), batch(11)], Some(CompressionType::LZ4_FRAME));
    let options = Options::default();
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        let _ = tables(&object(damaged), &options);
        let shown = tables(&object(bytes[..at].to_vec()), &options);
        // Behind the last batch nothing is missed.
        assert!(shown.contains("! ") || shown.lines().count() == 7 || at < 8, "{at}: {shown}");
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let text: ArrayRef = Arc::new(StringArray::from(vec!["x".repeat(100_000)]));
    let batch = RecordBatch::try_from_iter([("a", text)]).unwrap();
    let limits = Limits { held_bytes: 50_000, ..Limits::default() };
    let bytes = file(&[batch], Some(CompressionType::ZSTD));
    let shown = tables(&object(bytes), &Options { limits, ..Options::default() });
    assert!(shown.contains("! object.too_large message 1"), "{shown}");
}

#[test]
fn files_of_polars_are_read() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("hostile/polars/py-polars/tests/unit/io/files");
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let object = ObjectRef { uri: "a".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) };
        tables(&object, &Options::default())
    };
    let csv = read("foods1.csv");
    let whole = |text: String| text.replace(".0\n", "\n").replace(".0|", "|");
    assert_eq!(whole(read("foods1.ipc")), whole(csv));
    assert!(read("foods2.ipc").lines().count() > 20);
}
