//! Avro files: every codec the same rows, and any damage told.

use exportscan::read::{Limits, ObjectRef, Options, Origin};

use crate::archives::pack::{bzip2, deflate, xz, zstd};
use crate::support::{corpus, tables};

const MARKER: &[u8; 16] = b"0123456789abcdef";

fn long(number: i64) -> Vec<u8> {
    let mut rest = (number << 1 ^ number >> 63) as u64;
    let mut bytes = Vec::new();
    while rest > 0x7f {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes
}

fn text(text: &[u8]) -> Vec<u8> {
    [long(i64::try_from(text.len()).unwrap()), text.to_vec()].concat()
}

fn snappy(bytes: &[u8]) -> Vec<u8> {
    let packed = snap::raw::Encoder::new().compress_vec(bytes).unwrap();
    [packed, crc32fast::hash(bytes).to_be_bytes().to_vec()].concat()
}

fn packed(codec: &str, bytes: &[u8]) -> Vec<u8> {
    match codec {
        "deflate" => deflate(bytes),
        "snappy" => snappy(bytes),
        "zstandard" => zstd(bytes),
        "bzip2" => bzip2(bytes),
        "xz" => xz(bytes),
        _ => bytes.to_vec(),
    }
}

/// A file of blocks: how many rows each has, and their bytes.
fn container(schema: &str, codec: &str, blocks: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"Obj\x01".to_vec();
    let meta = [("avro.schema", schema), ("avro.codec", codec)];
    file.extend(long(2));
    for (key, value) in meta {
        file.extend([text(key.as_bytes()), text(value.as_bytes())].concat());
    }
    file.extend(long(0));
    file.extend(MARKER);
    for (n, bytes) in blocks {
        let bytes = packed(codec, bytes);
        file.extend([long(*n), text(&bytes), MARKER.to_vec()].concat());
    }
    file
}

/// A file of rows of texts, in two blocks.
pub(crate) fn file(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let fields: Vec<String> =
        header.iter().map(|name| format!(r#"{{"name":"{name}","type":["null","string"]}}"#)).collect();
    let schema = format!(r#"{{"type":"record","name":"row","fields":[{}]}}"#, fields.join(","));
    let cell = |cell: &String| [long(1), text(cell.as_bytes())].concat();
    let block =
        |rows: &[Vec<String>]| (i64::try_from(rows.len()).unwrap(), rows.iter().flatten().flat_map(cell).collect());
    let (first, second) = rows.split_at(rows.len() / 2);
    container(&schema, "deflate", &[block(first), block(second)])
}

fn object(bytes: Vec<u8>) -> ObjectRef {
    ObjectRef { uri: "a.avro".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) }
}

const SCHEMA: &str = r#"{"type":"record","name":"r","fields":[
    {"name":"id","type":"long"},
    {"name":"name","type":["null","string"]},
    {"name":"either","type":["null","long","string"]},
    {"name":"tags","type":{"type":"array","items":"string"}},
    {"name":"kind","type":{"type":"enum","name":"k","symbols":["A","B"]}},
    {"name":"owner","type":{"type":"record","name":"o","fields":[{"name":"born","type":{"type":"int","logicalType":"date"}}]}}
]}"#;

fn blocks() -> Vec<(i64, Vec<u8>)> {
    let first = [long(7), long(1), text("张三".as_bytes()), long(1), long(5), long(1), text(b"x"), long(0)].concat();
    let second = [long(-8), long(0), long(2), text(b"y"), long(0)].concat();
    let third = [long(9), long(0), long(0), long(2), text(b"p"), text(b"q"), long(0)].concat();
    let tail = |kind: i64, day: i64| [long(kind), long(day)].concat();
    vec![(2, [first, tail(0, 1), second, tail(1, 0)].concat()), (1, [third, tail(0, -1)].concat())]
}

const ROWS: &str = "\
a.avro: id|name|either.long|either.string|tags[]|kind|owner.born
  7|张三|5|~|[x]|A|1970-01-02
  -8|~|~|y|[]|B|1970-01-01
  9|~|~|~|[p, q]|A|1969-12-31
";

#[test]
fn every_codec_gives_the_same() {
    for codec in ["null", "deflate", "snappy", "zstandard", "bzip2", "xz"] {
        let bytes = container(SCHEMA, codec, &blocks());
        for (batch_rows, range_bytes) in [(1, 1), (8192, 8 << 20)] {
            let options = Options { batch_rows, range_bytes, ..Options::default() };
            assert_eq!(tables(&object(bytes.clone()), &options), ROWS, "{codec}");
        }
    }
    let shown = tables(&object(container(SCHEMA, "lzo", &blocks())), &Options::default());
    assert!(shown.starts_with("! format.unsupported"), "{shown}");
}

#[test]
fn values_alone_are_a_column() {
    let bytes = container(r#""string""#, "null", &[(2, [text(b"a"), text(b"b")].concat())]);
    assert_eq!(tables(&object(bytes), &Options::default()), "a.avro: value\n  a\n  b\n");
}

#[test]
fn damage_ends_in_rows_and_problems() {
    for codec in ["null", "snappy"] {
        let bytes = container(SCHEMA, codec, &blocks());
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xff;
            let _ = tables(&object(damaged), &Options::default());
            let shown = tables(&object(bytes[..at].to_vec()), &Options::default());
            let is_whole_block = shown.lines().count() == 3 || shown == ROWS.lines().next().unwrap().to_owned() + "\n";
            assert!(shown.contains("! ") || is_whole_block || at < 8, "{codec} {at}: {shown}");
        }
    }
}

#[test]
fn a_damaged_block_costs_no_other() {
    let mut bytes = container(SCHEMA, "null", &blocks());
    let first = bytes.windows(16).position(|window| window == MARKER).unwrap() + 16;
    bytes[first + 1] ^= 0x02;
    let shown = tables(&object(bytes), &Options::default());
    assert!(shown.contains("! avro.corrupt byte") && shown.contains("  9|~"), "{shown}");
}

#[test]
fn what_promises_too_much_is_refused() {
    let nulls = r#"{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"array","items":"null"}}]}"#;
    let many = [long(i64::from(i32::MAX)), long(0)].concat();
    let shown = tables(&object(container(nulls, "null", &[(1, many)])), &Options::default());
    assert!(shown.starts_with("! format.unsupported"), "{shown}");
    let shown = tables(&object(container(r#""string""#, "null", &[(i64::MAX, text(b"a"))])), &Options::default());
    assert!(shown.contains("! avro.corrupt block 0"), "{shown}");
    let limits = Limits { held_bytes: 10_000, ..Limits::default() };
    let zeros = container(r#""bytes""#, "deflate", &[(1, text(&vec![0; 100_000]))]);
    let shown = tables(&object(zeros), &Options { limits, ..Options::default() });
    assert!(shown.contains("! archive.bomb block 0") || shown.contains("! object.too_large block 0"), "{shown}");
}

#[test]
fn files_of_avro_are_read() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("hostile/avro/share/test/data");
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        tables(&object(bytes), &Options::default())
    };
    let plain = read("weather.avro");
    assert_eq!(plain.lines().count(), 6, "{plain}");
    for name in ["weather-deflate.avro", "weather-snappy.avro", "weather-zstd.avro"] {
        assert_eq!(read(name), plain, "{name}");
    }
    assert!(!read("syncInMeta.avro").contains("! "));
}
