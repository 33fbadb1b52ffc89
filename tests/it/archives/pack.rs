//! Writes archives of every kind, sound and hostile.

use std::io::Write;

/// An entry of a zip archive, with everything that can be said wrongly.
#[derive(Clone, Debug)]
pub(crate) struct ZipEntry {
    pub(crate) name: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) crc: u32,
    pub(crate) unpacked: u64,
    pub(crate) attributes: u32,
    /// The data as stored.
    pub(crate) data: Vec<u8>,
    /// The entry whose data is meant instead of its own.
    pub(crate) same_as: Option<usize>,
    /// Whether sizes are written in 64 bits.
    pub(crate) large: bool,
}

/// An entry packed by a method of zip.
pub(crate) fn entry(name: &str, method: u16, data: &[u8]) -> ZipEntry {
    ZipEntry {
        name: name.as_bytes().to_vec(),
        flags: if name.is_ascii() { 0 } else { 1 << 11 },
        method,
        crc: crc32fast::hash(data),
        unpacked: data.len() as u64,
        attributes: 0,
        data: match method {
            0 => data.to_vec(),
            8 => deflate(data),
            12 => bzip2(data),
            93 => zstd(data),
            95 => xz(data),
            method => panic!("method {method}"),
        },
        same_as: None,
        large: false,
    }
}

pub(crate) fn zip(entries: &[ZipEntry]) -> Vec<u8> {
    let (mut bytes, mut directory, mut places) = (Vec::new(), Vec::new(), Vec::<u32>::new());
    for entry in entries {
        let at = entry.same_as.map_or(bytes.len() as u32, |other| places[other]);
        places.push(at);
        let stored = entry.same_as.map_or(entry.data.len(), |other| entries[other].data.len()) as u64;
        let small = |size: u64| if entry.large { u32::MAX } else { size as u32 };
        let mut extra = Vec::new();
        if entry.large {
            extra.extend([1, 0, 16, 0]);
            extra.extend(entry.unpacked.to_le_bytes());
            extra.extend(stored.to_le_bytes());
        }
        let mut fields = Vec::new();
        fields.extend(entry.flags.to_le_bytes());
        fields.extend(entry.method.to_le_bytes());
        fields.extend([0; 4]);
        fields.extend(entry.crc.to_le_bytes());
        fields.extend(small(stored).to_le_bytes());
        fields.extend(small(entry.unpacked).to_le_bytes());
        fields.extend((entry.name.len() as u16).to_le_bytes());
        fields.extend((extra.len() as u16).to_le_bytes());
        if entry.same_as.is_none() {
            bytes.extend(b"PK\x03\x04\x2d\0");
            bytes.extend(&fields);
            bytes.extend(&entry.name);
            bytes.extend(&extra);
            bytes.extend(&entry.data);
        }
        directory.extend(b"PK\x01\x02\x2d\x03\x2d\0");
        directory.extend(&fields);
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&entry.name);
        directory.extend(&extra);
    }
    let at = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((entries.len() as u16).to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// A zip archive of files, deflated.
pub(crate) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(&files.iter().map(|(name, data)| entry(name, 8, data)).collect::<Vec<_>>())
}

pub(crate) fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, data) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *data).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An entry of a tar archive whose name and kind nobody checks.
pub(crate) fn tar_entry(name: &[u8], kind: tar::EntryType, data: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_old();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(data.len() as u64);
    header.set_cksum();
    let mut bytes = [header.as_bytes().as_slice(), data].concat();
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn bzip2(data: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn xz(data: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(data: &[u8]) -> Vec<u8> {
    zstd::encode_all(data, 1).unwrap()
}
