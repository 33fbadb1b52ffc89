//! ORC files: every codec the same rows, and any damage told.

use exportscan::read::{Limits, ObjectRef, Options, Origin};

use crate::archives::pack::{deflate, zstd};
use crate::support::tables;

/// Blocks unpack to no more, so that streams have several.
const BLOCK_BYTES: usize = 200;

/// Kinds of streams.
const PRESENT: u64 = 0;
const DATA: u64 = 1;
const LENGTH: u64 = 2;
const DICTIONARY_DATA: u64 = 3;
const SECONDARY: u64 = 5;

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// A field of a message that is a number.
fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// A field of a message that is bytes.
fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

/// The literals of LZO, and the mark of the end.
fn lzo(block: &[u8]) -> Vec<u8> {
    [&[17 + block.len() as u8], block, &[0x11, 0, 0]].concat()
}

const CODECS: [&str; 6] = ["none", "zlib", "snappy", "lzo", "lz4", "zstd"];

fn packed(codec: &str, stream: &[u8]) -> Vec<u8> {
    let block = |block: &[u8]| {
        let packed = match codec {
            "zlib" => deflate(block),
            "snappy" => snap::raw::Encoder::new().compress_vec(block).unwrap(),
            "lzo" if block.len() > 3 => lzo(block),
            "lz4" => lz4_flex::block::compress(block),
            "zstd" => zstd(block),
            _ => block.to_vec(),
        };
        // What does not shrink stands as it is; literals of LZO never do.
        let is_stored = packed.len() >= block.len() && !(codec == "lzo" && block.len() < 190 && block.len() > 3);
        let stored = if is_stored { block } else { &packed };
        let header = (stored.len() as u32) << 1 | u32::from(is_stored);
        [&header.to_le_bytes()[..3], stored].concat()
    };
    if codec == "none" { stream.to_vec() } else { stream.chunks(BLOCK_BYTES - 10).flat_map(block).collect() }
}

/// A type: its kind, and what stands in it by name and number.
fn of_kind(kind: u64, children: &[(&str, u64)]) -> Vec<u8> {
    let subtypes: Vec<u8> = children.iter().flat_map(|(_, child)| varint(*child)).collect();
    let names = children.iter().filter(|(name, _)| !name.is_empty()).flat_map(|(name, _)| bytes(3, name.as_bytes()));
    [number(1, kind), bytes(2, &subtypes), names.collect()].concat()
}

/// Rows, with the streams of their columns.
#[derive(Clone, Default)]
struct Stripe {
    n_rows: u64,
    /// Column, kind and bytes.
    streams: Vec<(u64, u64, Vec<u8>)>,
    /// Dictionaries by column, and their sizes; other columns have none.
    dictionaries: Vec<(u64, u64)>,
}

fn container(codec: &str, types: &[Vec<u8>], stripes: &[Stripe]) -> Vec<u8> {
    let mut file = b"ORC".to_vec();
    let mut footer = number(1, 3);
    for stripe in stripes {
        let offset = file.len() as u64;
        let mut own = Vec::new();
        for (column, kind, stream) in &stripe.streams {
            let stream = packed(codec, stream);
            own.extend(bytes(1, &[number(1, *kind), number(2, *column), number(3, stream.len() as u64)].concat()));
            file.extend(stream);
        }
        let length = file.len() as u64 - offset;
        for column in 0..types.len() as u64 {
            let dictionary = stripe.dictionaries.iter().find(|(own, _)| *own == column);
            own.extend(bytes(2, &dictionary.map_or(number(1, 0), |(_, n)| [number(1, 1), number(2, *n)].concat())));
        }
        let own = packed(codec, &[own, bytes(3, b"GMT")].concat());
        file.extend(&own);
        let fields = [(1, offset), (2, 0), (3, length), (4, own.len() as u64), (5, stripe.n_rows)];
        footer.extend(bytes(3, &fields.map(|(field, value)| number(field, value)).concat()));
    }
    footer.extend(types.iter().flat_map(|own| bytes(4, own)));
    footer.extend(number(6, stripes.iter().map(|stripe| stripe.n_rows).sum()));
    let footer = packed(codec, &footer);
    file.extend(&footer);
    let kind = CODECS.iter().position(|other| *other == codec).unwrap_or(9) as u64;
    let fields = [(1, footer.len() as u64), (2, kind), (3, BLOCK_BYTES as u64), (5, 0), (6, 1)];
    let postscript = [fields.map(|(field, value)| number(field, value)).concat(), bytes(8000, b"ORC")].concat();
    file.extend(&postscript);
    file.push(postscript.len() as u8);
    file
}

/// Numbers as they are, in runs of the first version.
fn plain(numbers: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let numbers: Vec<u64> = numbers.into_iter().collect();
    let run = |run: &[u64]| {
        let control = (run.len() as u8).wrapping_neg();
        [vec![control], run.iter().flat_map(|number| varint(*number)).collect()].concat()
    };
    numbers.chunks(128).flat_map(run).collect()
}

fn signed(numbers: impl IntoIterator<Item = i64>) -> Vec<u8> {
    plain(numbers.into_iter().map(zigzag))
}

fn octets(octets: &[u8]) -> Vec<u8> {
    octets.chunks(128).flat_map(|run| [&[(run.len() as u8).wrapping_neg()], run].concat()).collect()
}

fn bits(bits: &[u8]) -> Vec<u8> {
    let octet = |eight: &[u8]| eight.iter().enumerate().fold(0, |sum, (at, bit)| sum | bit << (7 - at));
    octets(&bits.chunks(8).map(octet).collect::<Vec<_>>())
}

fn texts(column: u64, texts: &[&str]) -> Vec<(u64, u64, Vec<u8>)> {
    let lengths = plain(texts.iter().map(|text| text.len() as u64));
    vec![(column, DATA, texts.concat().into_bytes()), (column, LENGTH, lengths)]
}

/// A file of rows of texts, in two stripes; the last column is a dictionary.
pub(crate) fn file(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let columns: Vec<(&str, u64)> = header.iter().copied().zip(1..).collect();
    let mut types = vec![of_kind(12, &columns)];
    types.resize(header.len() + 1, of_kind(7, &[]));
    let stripe = |rows: &[Vec<String>]| {
        let mut stripe = Stripe { n_rows: rows.len() as u64, ..Stripe::default() };
        for (at, (_, column)) in columns.iter().enumerate() {
            let cells: Vec<&str> = rows.iter().map(|row| row[at].as_str()).collect();
            if at + 1 < columns.len() {
                stripe.streams.extend(texts(*column, &cells));
                continue;
            }
            let mut values = cells.clone();
            values.sort_unstable();
            values.dedup();
            let keys = cells.iter().map(|cell| values.binary_search(cell).unwrap() as u64);
            stripe.streams.push((*column, DATA, plain(keys)));
            stripe.streams.push((*column, DICTIONARY_DATA, values.concat().into_bytes()));
            stripe.streams.push((*column, LENGTH, plain(values.iter().map(|value| value.len() as u64))));
            stripe.dictionaries.push((*column, values.len() as u64));
        }
        stripe
    };
    let (first, second) = rows.split_at(rows.len() / 2);
    container("zlib", &types, &[stripe(first), stripe(second)])
}

fn object(bytes: Vec<u8>) -> ObjectRef {
    ObjectRef { uri: "a.orc".to_owned(), bytes: bytes.len() as u64, origin: Origin::memory(bytes) }
}

fn read(bytes: Vec<u8>) -> String {
    tables(&object(bytes), &Options::default())
}

/// The types of a table with one column of each.
fn types() -> Vec<Vec<u8>> {
    let names = [
        ("id", 1),
        ("name", 2),
        ("kind", 3),
        ("small", 4),
        ("yes", 5),
        ("ratio", 6),
        ("born", 7),
        ("seen", 8),
        ("sum", 9),
        ("owner", 10),
        ("tags", 12),
        ("more", 14),
        ("either", 17),
        ("raw", 20),
    ];
    vec![
        of_kind(12, &names),
        of_kind(4, &[]),
        of_kind(7, &[]),
        of_kind(7, &[]),
        of_kind(1, &[]),
        of_kind(0, &[]),
        of_kind(6, &[]),
        of_kind(15, &[]),
        of_kind(9, &[]),
        [of_kind(14, &[]), number(5, 10), number(6, 2)].concat(),
        of_kind(12, &[("city", 11)]),
        of_kind(7, &[]),
        of_kind(10, &[("", 13)]),
        of_kind(7, &[]),
        of_kind(11, &[("", 15), ("", 16)]),
        of_kind(7, &[]),
        of_kind(3, &[]),
        of_kind(13, &[("", 18), ("", 19)]),
        of_kind(4, &[]),
        of_kind(7, &[]),
        of_kind(8, &[]),
    ]
}

fn stripes() -> Vec<Stripe> {
    let present = |column: u64, own: &[u8]| (column, PRESENT, bits(own));
    let first = [
        vec![(1, DATA, signed([7, -8])), present(2, &[1, 0])],
        texts(2, &["张三"]),
        vec![(3, DATA, plain([1, 0])), (3, DICTIONARY_DATA, b"AB".to_vec()), (3, LENGTH, plain([1, 1]))],
        vec![(4, DATA, octets(&[1, 0xff])), (5, DATA, bits(&[1, 0]))],
        vec![(6, DATA, [0.5_f64.to_le_bytes(), (-2_f64).to_le_bytes()].concat()), (7, DATA, signed([1, -1]))],
        vec![(8, DATA, signed([86400, -1_420_070_401])), (8, SECONDARY, plain([0, 5 << 3 | 7]))],
        vec![(9, DATA, [varint(zigzag(125)), varint(zigzag(-3))].concat()), (9, SECONDARY, signed([2, 1]))],
        vec![present(10, &[0, 1])],
        texts(11, &["京"]),
        vec![(12, LENGTH, plain([2, 0])), present(13, &[1, 0])],
        texts(13, &["x"]),
        vec![(14, LENGTH, plain([0, 1]))],
        texts(15, &["k"]),
        vec![(16, DATA, signed([3])), (17, DATA, octets(&[1, 0])), (18, DATA, signed([5]))],
        texts(19, &["y"]),
        texts(20, &["a", ""]),
    ];
    let second = [
        vec![(1, DATA, signed([9]))],
        texts(2, &["李四"]),
        vec![(3, DATA, plain([0])), (3, DICTIONARY_DATA, b"C".to_vec()), (3, LENGTH, plain([1]))],
        vec![present(4, &[0]), present(5, &[0]), present(6, &[0]), present(7, &[0]), present(8, &[0])],
        vec![present(9, &[0]), present(10, &[0]), present(12, &[0]), present(14, &[0]), present(17, &[0])],
        vec![present(20, &[0])],
    ];
    vec![
        Stripe { n_rows: 2, streams: first.concat(), dictionaries: vec![(3, 2)] },
        Stripe { n_rows: 1, streams: second.concat(), dictionaries: vec![(3, 1)] },
    ]
}

const ROWS: &str = "\
a.orc: id|name|kind|small|yes|ratio|born|seen|sum|owner.city|tags[]|more[].key|more[].value|either.bigint|either.string|raw
  7|张三|B|1|true|0.5|1970-01-02|2015-01-02T00:00:00|1.25|~|[x, ]|[]|[]|~|y|a
  -8|~|A|-1|false|-2.0|1969-12-31|1969-12-31T23:59:58.500|-0.30|京|[]|[k]|[3]|5|~|
  9|李四|C|~|~|~|~|~|~|~|~|~|~|~|~|~
";

#[test]
fn every_codec_gives_the_same() {
    for codec in CODECS {
        let bytes = container(codec, &types(), &stripes());
        for (batch_rows, range_bytes) in [(1, 1), (8192, 8 << 20)] {
            let options = Options { batch_rows, range_bytes, ..Options::default() };
            assert_eq!(tables(&object(bytes.clone()), &options), ROWS, "{codec}");
        }
    }
    let shown = read(container("brotli", &types(), &stripes()));
    assert!(shown.starts_with("! format.unsupported"), "{shown}");
}

#[test]
fn rows_that_are_no_struct_are_a_column() {
    let stripe = Stripe { n_rows: 2, streams: texts(0, &["a", "b"]), ..Stripe::default() };
    assert_eq!(read(container("none", &[of_kind(7, &[])], &[stripe])), "a.orc: value\n  a\n  b\n");
    let stripe = Stripe { n_rows: u64::MAX, ..Stripe::default() };
    assert_eq!(read(container("none", &[of_kind(12, &[])], &[stripe])), "a.orc: \n");
}

#[test]
fn text_of_another_encoding_is_read_and_told() {
    let types = [of_kind(12, &[("a", 1)]), of_kind(7, &[])];
    let streams = vec![(1, DATA, b"\xd5\xc5\xff\xffz".to_vec()), (1, LENGTH, plain([2, 2, 1]))];
    let shown = read(container("none", &types, &[Stripe { n_rows: 3, streams, ..Stripe::default() }]));
    assert!(shown.starts_with("a.orc: a\n  张\n"), "{shown}");
    assert!(shown.contains("! text.undecodable stripe 0, column a") && shown.contains("! format.mismatch"), "{shown}");
}

#[test]
fn damage_ends_in_rows_and_problems() {
    for codec in ["none", "zlib", "lz4"] {
        let whole = container(codec, &types(), &stripes());
        let limits = Limits { held_bytes: 1 << 20, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        for at in 0..whole.len() {
            for flip in [0xff, 0x01, 0x80] {
                let mut damaged = whole.clone();
                damaged[at] ^= flip;
                let shown = tables(&object(damaged), &options);
                assert!(!shown.contains("decoder.panicked"), "{codec} {at}: {shown}");
            }
            let shown = tables(&object(whole[..at].to_vec()), &options);
            assert!(shown.contains("! orc.corrupt") || at < 8, "{codec} {at}: {shown}");
        }
    }
}

#[test]
fn a_damaged_column_costs_no_other() {
    let mut stripes = stripes();
    for stream in stripes.iter_mut().flat_map(|stripe| &mut stripe.streams) {
        if (stream.0, stream.1) == (7, DATA) {
            stream.2.pop();
        }
    }
    let shown = read(container("none", &types(), &stripes));
    assert!(shown.contains("! orc.corrupt stripe 0, column born a stream ends too early\n"), "{shown}");
    assert!(shown.contains("  7|张三|B|1|true|0.5|~|2015") && shown.contains("  9|李四"), "{shown}");
}

#[test]
fn what_promises_too_much_is_refused() {
    let list = [of_kind(12, &[("a", 1)]), of_kind(10, &[("", 2)]), of_kind(4, &[])];
    let of = |lengths: &[u64], n_rows| {
        let streams = vec![(1, LENGTH, plain(lengths.iter().copied())), (2, DATA, vec![0x7f, 0, 0])];
        read(container("none", &list, &[Stripe { n_rows, streams, ..Stripe::default() }]))
    };
    assert!(of(&[1 << 30], 1).contains("! object.too_large stripe 0, column a"));
    assert!(of(&[u64::MAX], 1).contains("! orc.corrupt stripe 0, column a"));
    assert!(of(&[i64::MAX as u64, 5], 2).contains("! orc.corrupt stripe 0, column a"));
    assert!(of(&[1], 1 << 60).contains("! orc.corrupt stripe 0, column a a stream ends too early"));

    let text = [of_kind(12, &[("a", 1)]), of_kind(7, &[])];
    let dictionary = |n: u64| {
        let streams = vec![(1, DATA, plain([0])), (1, LENGTH, vec![0x7f, 0, 0]), (1, DICTIONARY_DATA, b"x".to_vec())];
        read(container("none", &text, &[Stripe { n_rows: 1, streams, dictionaries: vec![(1, n)] }]))
    };
    assert!(dictionary(u64::MAX).contains("! object.too_large stripe 0, column a"));
    assert!(dictionary(1000).contains("! orc.corrupt stripe 0, column a"));
    let long = vec![(1, DATA, b"x".to_vec()), (1, LENGTH, plain([1 << 30]))];
    let shown = read(container("none", &text, &[Stripe { n_rows: 1, streams: long, ..Stripe::default() }]));
    assert!(shown.contains("! object.too_large stripe 0, column a"), "{shown}");
}

#[test]
fn types_that_are_no_tree_are_refused() {
    let shown = |types: &[Vec<u8>]| read(container("none", types, &[]));
    assert!(shown(&[of_kind(12, &[("a", 0)])]).starts_with("! orc.corrupt"));
    assert!(shown(&[of_kind(12, &[("a", 1), ("b", 1)]), of_kind(7, &[])]).starts_with("! orc.corrupt"));
    assert!(shown(&[of_kind(12, &[("a", 9)])]).starts_with("! orc.corrupt"));
    assert!(shown(&[]).starts_with("! orc.corrupt"));
    let deep: Vec<Vec<u8>> = (1..50_000).map(|child| of_kind(10, &[("", child)])).collect();
    assert!(shown(&deep).starts_with("! format.unsupported"));
    let many = vec![of_kind(7, &[]); 1 << 17];
    assert!(shown(&many).starts_with("! format.unsupported"));
}

#[test]
fn a_tail_that_lies_is_refused() {
    let tail = |fields: &[(u64, u64)]| {
        let fields: Vec<u8> = fields.iter().flat_map(|(field, value)| number(*field, *value)).collect();
        let postscript = [fields, bytes(8000, b"ORC")].concat();
        let file = [b"ORC\0\x01\x02".to_vec(), postscript.clone(), vec![postscript.len() as u8]].concat();
        read(file)
    };
    assert!(tail(&[(1, u64::MAX)]).starts_with("! orc.corrupt"));
    assert!(tail(&[(1, 2), (5, u64::MAX)]).starts_with("! orc.corrupt"));
    for codec in 1..6 {
        let shown = tail(&[(1, 3), (2, codec), (3, u64::MAX)]);
        assert!(shown.starts_with("! "), "{codec}: {shown}");
    }
    // A block that unpacks to more than the file says of its blocks.
    let bomb = zstd(&vec![0; 4 << 20]);
    let header = (bomb.len() as u32) << 1;
    let footer = [&header.to_le_bytes()[..3], &bomb].concat();
    let postscript = [number(1, footer.len() as u64), number(2, 5), number(3, 1 << 16), bytes(8000, b"ORC")].concat();
    let shown = read([b"ORC".to_vec(), footer, postscript.clone(), vec![postscript.len() as u8]].concat());
    assert!(shown.starts_with("! compression.corrupt"), "{shown}");
}
