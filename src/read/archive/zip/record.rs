//! What is recorded of an entry, in the directory and before its data.

use std::io;

use super::name;
use crate::read::origin::RandomAccess;

/// The fixed part of a record in the directory.
const DIRECTORY_BYTES: usize = 46;

/// The fixed part of a record before the data.
const LOCAL_BYTES: usize = 30;

/// A record of an entry.
pub(super) struct Record {
    flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    /// Bytes as stored, and as unpacked.
    pub(super) stored: u64,
    pub(super) unpacked: u64,
    /// Where the record before the data is, as the directory says.
    pub(super) header_at: u64,
    /// The kind of file in the upper half, where Unix wrote it.
    attributes: u32,
    raw_name: Vec<u8>,
    extra: Vec<u8>,
    /// The bytes of the record.
    pub(super) length: u64,
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

impl Record {
    /// The record at a place in the directory; `None` where none begins.
    pub(super) fn in_directory(bytes: &RandomAccess, at: u64) -> io::Result<Option<Self>> {
        let Ok(fixed) = bytes.read_at(at, DIRECTORY_BYTES) else { return Ok(None) };
        if !fixed.starts_with(b"PK\x01\x02") {
            return Ok(None);
        }
        let length = |field| u16_at(&fixed, field).map_or(0, usize::from);
        let (n_name, n_extra, n_comment) = (length(28), length(30), length(32));
        let rest = bytes.read_at(at + DIRECTORY_BYTES as u64, n_name + n_extra)?;
        let header_at = u32_at(&fixed, 42).unwrap_or(0);
        let mut record = Self {
            header_at: header_at.into(),
            attributes: u32_at(&fixed, 38).unwrap_or(0),
            length: (DIRECTORY_BYTES + n_name + n_extra + n_comment) as u64,
            ..Self::of(&fixed, 8, &rest, n_name)
        };
        record.take_large(header_at == u32::MAX);
        Ok(Some(record))
    }

    /// The record before the data of an entry, and where the data begins; `None` where none begins here.
    pub(super) fn at_entry(bytes: &RandomAccess, at: u64) -> io::Result<Option<(Self, u64)>> {
        let fixed = bytes.read_at(at, LOCAL_BYTES)?;
        if !fixed.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        let length = |field| u16_at(&fixed, field).map_or(0, usize::from);
        let (n_name, n_extra) = (length(26), length(28));
        let rest = bytes.read_at(at + LOCAL_BYTES as u64, n_name + n_extra)?;
        let mut record = Self::of(&fixed, 6, &rest, n_name);
        record.take_large(false);
        Ok(Some((record, at + (LOCAL_BYTES + n_name + n_extra) as u64)))
    }

    /// Both kinds have the same fields from the flags on.
    fn of(fixed: &[u8], flags: usize, rest: &[u8], n_name: usize) -> Self {
        Self {
            flags: u16_at(fixed, flags).unwrap_or(0),
            method: u16_at(fixed, flags + 2).unwrap_or(0),
            crc: u32_at(fixed, flags + 8).unwrap_or(0),
            stored: u32_at(fixed, flags + 12).unwrap_or(0).into(),
            unpacked: u32_at(fixed, flags + 16).unwrap_or(0).into(),
            header_at: 0,
            attributes: 0,
            raw_name: rest.get(..n_name).unwrap_or_default().to_vec(),
            extra: rest.get(n_name..).unwrap_or_default().to_vec(),
            length: 0,
        }
    }

    /// Takes sizes that do not fit 32 bits from where they stand then, in this order (4.5.3).
    fn take_large(&mut self, is_far: bool) {
        let field = self.extra(1).unwrap_or_default().to_vec();
        let mut numbers = field.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let large = u64::from(u32::MAX);
        if self.unpacked == large {
            self.unpacked = numbers.next().unwrap_or(large);
        }
        if self.stored == large {
            self.stored = numbers.next().unwrap_or(large);
        }
        if is_far {
            self.header_at = numbers.next().unwrap_or(large);
        }
    }

    /// The extra field with this number.
    fn extra(&self, number: u16) -> Option<&[u8]> {
        let mut rest = self.extra.as_slice();
        loop {
            let length = usize::from(u16_at(rest, 2)?);
            let field = rest.get(4..4 + length)?;
            if u16_at(rest, 0) == Some(number) {
                return Some(field);
            }
            rest = rest.get(4 + length..)?;
        }
    }

    /// The name: UTF-8 where a flag or a field says so, and otherwise what it looks like.
    pub(super) fn name(&self) -> String {
        const UTF8_FLAG: u16 = 1 << 11;
        // The Info-ZIP Unicode path (4.6.9) holds for the name whose checksum it has.
        let unicode = self.extra(0x7075).filter(|field| u32_at(field, 1) == Some(crc32fast::hash(&self.raw_name)));
        match unicode.and_then(|field| field.get(5..)) {
            Some(path) => String::from_utf8_lossy(path).into_owned(),
            None if self.flags & UTF8_FLAG != 0 => String::from_utf8_lossy(&self.raw_name).into_owned(),
            None => name::decoded(&self.raw_name),
        }
    }

    /// Whether it takes a password to read, by its flag or by the method of AES.
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0 || self.method == 99
    }

    /// Whether it is a symbolic link, as Unix writes it.
    pub(super) fn is_link(&self) -> bool {
        self.attributes >> 28 == 0xa
    }

    /// Whether sizes and checksum stand behind the data.
    pub(super) fn has_sizes_behind(&self) -> bool {
        self.flags & (1 << 3) != 0
    }
}
