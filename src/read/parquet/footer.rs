//! Reads the footer: what the decoder makes of it, and which columns are encrypted.

use std::collections::BTreeSet;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader, ParquetStatisticsPolicy,
};

use super::bytes::FileBytes;
use super::guard::{Failure, guarded};
use super::thrift::{Cursor, Kind};
use crate::model::ProblemCode;

/// The footer of a file.
#[derive(Debug)]
pub(super) struct Footer {
    /// What the decoder makes of it.
    pub(super) metadata: ParquetMetaData,
    /// Column chunks that are encrypted, by row group and leaf.
    pub(super) encrypted: BTreeSet<(usize, usize)>,
}

/// Schemas of real data nest a dozen levels deep; the decoder recurses once per level.
const MAX_SCHEMA_DEPTH: usize = 100;

/// The length of the footer as a number, and `PAR1`.
const TAIL_BYTES: u64 = 8;

/// Reads the footer.
pub(super) fn read(file: &FileBytes) -> Result<Footer, Failure> {
    let bytes = footer_bytes(file)?;
    let seen = look_over(&bytes)?;
    let options = ParquetMetaDataOptions::new()
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
    let metadata = guarded(|| ParquetMetaDataReader::decode_metadata_with_options(&bytes, Some(&options)))?;
    if metadata.num_row_groups() != seen.n_row_groups {
        return Err(Failure::corrupt("the footer contradicts itself"));
    }
    Ok(Footer { metadata, encrypted: seen.encrypted })
}

fn footer_bytes(file: &FileBytes) -> Result<Bytes, Failure> {
    let cut_short = || Failure::corrupt("no footer: the file is cut short");
    let body = file.size().checked_sub(TAIL_BYTES).ok_or_else(cut_short)?;
    let read = |from: u64, n: u64| -> Result<Bytes, Failure> {
        let n = usize::try_from(n).map_err(|_| cut_short())?;
        file.0.read_at(from, n).map_err(|error| Failure::io(&error))
    };
    let tail = read(body, TAIL_BYTES)?;
    let (Some((length, b"PAR1")), 8) = (tail.split_first_chunk::<4>(), tail.len()) else {
        return Err(cut_short());
    };
    let length = u64::from(u32::from_le_bytes(*length));
    let start = body.checked_sub(length).ok_or_else(|| Failure::corrupt("the footer is longer than the file"))?;
    read(start, length)
}

#[derive(Debug, Default)]
struct Seen {
    n_row_groups: usize,
    encrypted: BTreeSet<(usize, usize)>,
}

/// Walks `FileMetaData`. Field numbers: Apache Parquet, `parquet.thrift`.
fn look_over(bytes: &[u8]) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    let mut too_deep = false;
    let walked = Cursor::new(bytes).fields(&mut |id, kind, cursor| match (id, kind) {
        (2, Kind::List) => {
            let depth = schema_depth(cursor)?;
            too_deep = depth > MAX_SCHEMA_DEPTH;
            // The decoder must not go on after this: end the walk here.
            if too_deep { None } else { Some(true) }
        }
        (4, Kind::List) => {
            let (_, n) = cursor.list()?;
            for group in 0..usize::try_from(n).ok()? {
                row_group(cursor, group, &mut seen.encrypted)?;
            }
            seen.n_row_groups = usize::try_from(n).ok()?;
            Some(true)
        }
        _ => Some(false),
    });
    match walked {
        Some(()) => Ok(seen),
        None if too_deep => Err(Failure {
            code: ProblemCode::ParquetUnsupported,
            message: format!("the schema nests more than {MAX_SCHEMA_DEPTH} levels deep"),
            not_text: false,
        }),
        None => Err(Failure::corrupt("the footer is not readable")),
    }
}

/// The depth of the schema; `None` where groups have more children than there are elements.
fn schema_depth(cursor: &mut Cursor<'_>) -> Option<usize> {
    let (_, n) = cursor.list()?;
    let mut open: Vec<u64> = Vec::new();
    let mut deepest = 0;
    for element in 0..n {
        let mut children = 0;
        cursor.fields(&mut |id, kind, cursor| match (id, kind) {
            (5, Kind::Int) => {
                children = u64::try_from(cursor.int()?).ok()?;
                Some(true)
            }
            _ => Some(false),
        })?;
        if children > n - element {
            return None;
        }
        if let Some(left) = open.last_mut() {
            *left = left.saturating_sub(1);
        }
        open.push(children);
        deepest = deepest.max(open.len());
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Some(deepest)
}

fn row_group(cursor: &mut Cursor<'_>, group: usize, encrypted: &mut BTreeSet<(usize, usize)>) -> Option<()> {
    cursor.fields(&mut |id, kind, cursor| {
        if (id, kind) != (1, Kind::List) {
            return Some(false);
        }
        let (_, n) = cursor.list()?;
        for column in 0..usize::try_from(n).ok()? {
            cursor.fields(&mut |id, kind, _| {
                // `crypto_metadata` of `ColumnChunk`.
                if (id, kind) == (8, Kind::Struct) {
                    encrypted.insert((group, column));
                }
                Some(false)
            })?;
        }
        Some(true)
    })
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Self {
        match &error {
            ParquetError::NYI(message) => Self::unsupported(message),
            ParquetError::External(cause) => match cause.downcast_ref::<std::io::Error>() {
                Some(cause) => Self::io(cause),
                None => Self::told(&error.to_string()),
            },
            other => Self::told(&other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::look_over;
    use crate::model::ProblemCode;

    /// `FileMetaData` with a schema of these numbers of children.
    fn schema(children: &[u8]) -> Vec<u8> {
        let n = children.len() as u8;
        let mut bytes = vec![0x29, 0xfc, n | 0x80, n >> 7];
        bytes.extend(children.iter().flat_map(|children| [0x55, children * 2, 0]));
        bytes.push(0);
        bytes
    }

    #[test]
    fn refuses_what_the_decoder_would_not_survive() {
        let deep = |levels| [vec![1; levels], vec![0]].concat();
        let cases = [
            (schema(&[2, 0, 1, 0]), None),
            (schema(&deep(99)), None),
            (schema(&deep(100)), Some(ProblemCode::ParquetUnsupported)),
            (schema(&[60, 0]), Some(ProblemCode::ParquetCorrupt)),
            (vec![0x29, 0xfc], Some(ProblemCode::ParquetCorrupt)),
            (vec![], Some(ProblemCode::ParquetCorrupt)),
        ];
        for (bytes, code) in cases {
            assert_eq!(look_over(&bytes).err().map(|failure| failure.code), code, "{bytes:?}");
        }
    }
}
