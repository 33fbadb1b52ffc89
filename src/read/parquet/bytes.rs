//! The bytes of a file as the decoder asks for them, never beyond its end.

use std::io::{self, BufReader, Read};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::thrift::{Cursor, Kind};
use crate::read::origin::RandomAccess;

/// An opened file.
#[derive(Clone, Debug)]
pub(super) struct FileBytes(pub(super) RandomAccess);

impl FileBytes {
    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.0.bytes()
    }
}

impl Length for FileBytes {
    fn len(&self) -> u64 {
        self.size()
    }
}

/// Headers of pages are some 20 to 100 bytes long.
const HEADER_BYTES: usize = 512;

impl ChunkReader for FileBytes {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(HEADER_BYTES, From { file: self.0.clone(), at: start, checked: false }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.size()) {
            return Err(ParquetError::EOF("a page goes beyond the end of the file".to_owned()));
        }
        self.0.read_at(start, length).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => ParquetError::EOF("the file became shorter".to_owned()),
            _ => error.into(),
        })
    }
}

/// Reads from a place in a file onward. The first bytes read are the header of a page.
#[derive(Debug)]
pub(super) struct From {
    file: RandomAccess,
    at: u64,
    checked: bool,
}

impl Read for From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read_some_at(self.at, buffer)?;
        self.at += n as u64;
        if !self.checked {
            self.checked = true;
            check_page(buffer.get(..n).unwrap_or_default())?;
        }
        Ok(n)
    }
}

/// Writers make pages of 1 MB, rarely of a hundred.
const USUAL_PAGE_BYTES: i64 = 256 << 20;

/// More than this times its size nothing but a trap unfolds to, where it unfolds to more than a usual page.
const MAX_RATIO: i64 = 1024;

/// Refuses a page whose header promises to unfold to something absurd, for which memory would be set aside.
fn check_page(header: &[u8]) -> io::Result<()> {
    let (mut unfolded, mut stored) = (0, None);
    // Stops at the second size; a header that makes no sense is the decoder's to refuse.
    let _ = Cursor::new(header).fields(&mut |id, kind, cursor| match (id, kind) {
        (2, Kind::Int) => {
            unfolded = cursor.int()?;
            Some(true)
        }
        (3, Kind::Int) => {
            stored = cursor.int();
            None
        }
        _ => Some(false),
    });
    let limit = USUAL_PAGE_BYTES.max(stored.unwrap_or(0).saturating_mul(MAX_RATIO));
    if unfolded > limit {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a page of more than 256 MB and 1024 times its stored size is not supported",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_page;

    #[test]
    fn refuses_absurd_pages() {
        let cases: [(&[u8], bool); 4] = [
            // Data page, 1000 bytes from 500.
            (&[0x15, 0x00, 0x15, 0xd0, 0x0f, 0x15, 0xe8, 0x07, 0x00], true),
            // Data page, 2^31 - 1 bytes from 500.
            (&[0x15, 0x00, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x15, 0xe8, 0x07, 0x00], false),
            // Data page, 2^31 - 1 bytes from as many.
            (&[0x15, 0x00, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x00], true),
            (b"nonsense", true),
        ];
        for (header, fine) in cases {
            assert_eq!(check_page(header).is_ok(), fine, "{header:?}");
        }
    }
}
