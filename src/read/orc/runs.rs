//! Numbers, bytes and bits in runs.
//!
//! Apache ORC Specification v1, "Run Length Encoding".

use super::Fault;
use super::feed::{Feed, corrupt};

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

/// A stream of numbers.
#[derive(Debug)]
pub(super) struct Ints {
    feed: Feed,
    version: Version,
    is_signed: bool,
    /// What was read of the run and not handed out, last first.
    run: Vec<i64>,
    packed: Vec<u8>,
}

/// No run is longer.
const MAX_RUN: usize = 512;

impl Ints {
    pub(super) fn new(feed: Feed, version: Version, is_signed: bool) -> Self {
        Self { feed, version, is_signed, run: Vec::with_capacity(MAX_RUN), packed: Vec::new() }
    }

    /// The next numbers.
    pub(super) fn next(&mut self, n: usize) -> Result<Vec<i64>, Fault> {
        let mut numbers = Vec::with_capacity(n);
        while numbers.len() < n {
            if self.run.is_empty() {
                match self.version {
                    Version::One => self.run_one()?,
                    Version::Two => self.run_two()?,
                }
                self.run.reverse();
            }
            let keep = self.run.len() - self.run.len().min(n - numbers.len());
            numbers.extend(self.run.drain(keep..).rev());
        }
        Ok(numbers)
    }

    fn varint(&mut self, is_signed: bool) -> Result<i64, Fault> {
        let number = varint(&mut self.feed)?;
        let number = u64::try_from(number).map_err(|_| corrupt("a number is too long"))?;
        Ok(if is_signed { zigzag(number) } else { number.cast_signed() })
    }

    fn run_one(&mut self) -> Result<(), Fault> {
        let control = self.feed.byte()?.cast_signed();
        if control < 0 {
            for _ in 0..control.unsigned_abs() {
                let number = self.varint(self.is_signed)?;
                self.run.push(number);
            }
            return Ok(());
        }
        let step = i64::from(self.feed.byte()?.cast_signed());
        let mut number = self.varint(self.is_signed)?;
        for _ in 0..i64::from(control) + 3 {
            self.run.push(number);
            number = number.wrapping_add(step);
        }
        Ok(())
    }

    fn run_two(&mut self) -> Result<(), Fault> {
        let first = self.feed.byte()?;
        match first >> 6 {
            0 => self.short_repeat(first),
            1 => self.direct(first),
            2 => self.patched_base(first),
            _ => self.delta(first),
        }
    }

    fn short_repeat(&mut self, first: u8) -> Result<(), Fault> {
        let number = self.big_endian(usize::from(first >> 3 & 7) + 1)?;
        let number = if self.is_signed { zigzag(number) } else { number.cast_signed() };
        self.run.resize(usize::from(first & 7) + 3, number);
        Ok(())
    }

    fn direct(&mut self, first: u8) -> Result<(), Fault> {
        let n = self.length(first)?;
        let is_signed = self.is_signed;
        let numbers = self.unpacked(n, width(first >> 1 & 0x1f))?;
        self.run
            .extend(numbers.into_iter().map(|number| if is_signed { zigzag(number) } else { number.cast_signed() }));
        Ok(())
    }

    fn patched_base(&mut self, first: u8) -> Result<(), Fault> {
        let n = self.length(first)?;
        let value_bits = width(first >> 1 & 0x1f);
        let (third, fourth) = (self.feed.byte()?, self.feed.byte()?);
        let (base_bytes, patch_bits) = (usize::from(third >> 5) + 1, width(third & 0x1f));
        let (gap_bits, n_patches) = (u32::from(fourth >> 5) + 1, usize::from(fourth & 0x1f));
        if value_bits + patch_bits > 64 || gap_bits + patch_bits > 64 {
            return Err(corrupt("numbers are patched beyond their width"));
        }
        let base = self.big_endian(base_bytes)?;
        // The sign is the first bit, and the rest is the amount.
        let sign = 1_u64 << (base_bytes * 8 - 1);
        let base = if base & sign == 0 { base.cast_signed() } else { (base & !sign).cast_signed().wrapping_neg() };
        let mut values = self.unpacked(n, value_bits)?;
        let mut at = 0;
        for patch in self.unpacked(n_patches, rounded(gap_bits + patch_bits))? {
            at += (patch >> patch_bits) as usize;
            let bits = patch & ((1 << patch_bits) - 1);
            match values.get_mut(at) {
                Some(value) => *value |= bits.checked_shl(value_bits).unwrap_or(0),
                // A gap that is too long for one patch goes on in the next.
                None if bits == 0 => {}
                None => return Err(corrupt("a patch is behind its numbers")),
            }
        }
        self.run.extend(values.into_iter().map(|value| base.wrapping_add(value.cast_signed())));
        Ok(())
    }

    fn delta(&mut self, first: u8) -> Result<(), Fault> {
        let n = self.length(first)?;
        let bits = match first >> 1 & 0x1f {
            0 => 0,
            code => width(code),
        };
        let mut number = self.varint(self.is_signed)?;
        let step = self.varint(true)?;
        self.run.push(number);
        if bits == 0 {
            for _ in 1..n {
                number = number.wrapping_add(step);
                self.run.push(number);
            }
            return Ok(());
        }
        number = number.wrapping_add(step);
        self.run.push(number);
        for further in self.unpacked(n.saturating_sub(2), bits)? {
            let further = further.cast_signed();
            number = if step < 0 { number.wrapping_sub(further) } else { number.wrapping_add(further) };
            self.run.push(number);
        }
        Ok(())
    }

    /// The length of a run, whose first bit is in the byte before.
    fn length(&mut self, first: u8) -> Result<usize, Fault> {
        Ok((usize::from(first & 1) << 8 | usize::from(self.feed.byte()?)) + 1)
    }

    fn big_endian(&mut self, n_bytes: usize) -> Result<u64, Fault> {
        let mut number = 0;
        for _ in 0..n_bytes {
            number = number << 8 | u64::from(self.feed.byte()?);
        }
        Ok(number)
    }

    /// Numbers of so many bits each, the first bits first.
    fn unpacked(&mut self, n: usize, bits: u32) -> Result<Vec<u64>, Fault> {
        self.packed.clear();
        self.feed.fill((n * bits as usize).div_ceil(8), &mut self.packed)?;
        let (mut numbers, mut known, mut n_known) = (Vec::with_capacity(n), 0_u128, 0);
        for byte in &self.packed {
            known = known << 8 | u128::from(*byte);
            n_known += 8;
            while n_known >= bits && numbers.len() < n {
                n_known -= bits;
                numbers.push((known >> n_known) as u64);
                known &= (1 << n_known) - 1;
            }
        }
        Ok(numbers)
    }
}

/// A number in the variable-length form, of up to 128 bits.
pub(super) fn varint(feed: &mut Feed) -> Result<u128, Fault> {
    let mut value = 0_u128;
    for shift in (0..128).step_by(7) {
        let byte = feed.byte()?;
        value |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(corrupt("a number is too long"))
}

const fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// How many bits a code stands for.
const fn width(code: u8) -> u32 {
    match code {
        0..=23 => code as u32 + 1,
        24 => 26,
        25 => 28,
        26 => 30,
        27 => 32,
        28 => 40,
        29 => 48,
        30 => 56,
        _ => 64,
    }
}

/// The next width that has a code.
const fn rounded(bits: u32) -> u32 {
    match bits {
        0..=24 => bits,
        25..=32 => bits.next_multiple_of(2),
        _ => bits.next_multiple_of(8),
    }
}

/// A stream of bytes in runs.
#[derive(Debug)]
pub(super) struct Octets {
    feed: Feed,
    /// The byte that repeats, where one does.
    repeated: Option<u8>,
    left: usize,
}

impl Octets {
    pub(super) const fn new(feed: Feed) -> Self {
        Self { feed, repeated: None, left: 0 }
    }

    pub(super) fn next(&mut self, n: usize) -> Result<Vec<u8>, Fault> {
        let mut octets = Vec::with_capacity(n);
        while octets.len() < n {
            if self.left == 0 {
                let control = self.feed.byte()?.cast_signed();
                if control < 0 {
                    (self.repeated, self.left) = (None, usize::from(control.unsigned_abs()));
                } else {
                    (self.repeated, self.left) = (Some(self.feed.byte()?), usize::from(control.unsigned_abs()) + 3);
                }
            }
            let part = self.left.min(n - octets.len());
            match self.repeated {
                Some(octet) => octets.resize(octets.len() + part, octet),
                None => self.feed.fill(part, &mut octets)?,
            }
            self.left -= part;
        }
        Ok(octets)
    }
}

/// A stream of bits, eight a byte, the first bit first.
#[derive(Debug)]
pub(super) struct Bits {
    octets: Octets,
    last: u8,
    n_last: usize,
}

impl Bits {
    pub(super) const fn new(feed: Feed) -> Self {
        Self { octets: Octets::new(feed), last: 0, n_last: 0 }
    }

    pub(super) fn next(&mut self, n: usize) -> Result<Vec<bool>, Fault> {
        let mut bits = Vec::with_capacity(n + 8);
        let of = |octet: u8| (0..8).map(move |at| octet << at & 0x80 != 0);
        bits.extend(of(self.last).skip(8 - self.n_last).take(n));
        self.n_last -= bits.len();
        let missing = n - bits.len();
        let octets = self.octets.next(missing.div_ceil(8))?;
        if let Some(last) = octets.last() {
            (self.last, self.n_last) = (*last, octets.len() * 8 - missing);
        }
        bits.extend(octets.into_iter().flat_map(of).take(missing));
        Ok(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bits, Ints, Octets, Version};
    use crate::read::Origin;
    use crate::read::orc::feed::{Codec, Feed, Packing, Room};

    fn feed(bytes: &[u8]) -> Feed {
        let all = Origin::memory(bytes.to_vec()).random();
        let packing = Packing { codec: Codec::Stored, block_bytes: 0 };
        Feed::new(&all.unwrap(), 0..bytes.len() as u64, packing, &Room::new(1 << 20))
    }

    fn ints(version: Version, bytes: &[u8], n: usize) -> Option<Vec<i64>> {
        let whole = Ints::new(feed(bytes), version, false).next(n).ok()?;
        let mut parts = Ints::new(feed(bytes), version, false);
        let parts: Vec<i64> = (0..n).filter_map(|_| parts.next(1).ok()).flatten().collect();
        assert_eq!(whole, parts);
        Some(whole)
    }

    #[test]
    fn runs_are_those_of_the_specification() {
        let one = |bytes: &[u8], n| ints(Version::One, bytes, n);
        let two = |bytes: &[u8], n| ints(Version::Two, bytes, n);
        assert_eq!(one(&[0x61, 0x00, 0x07], 100), Some(vec![7; 100]));
        assert_eq!(one(&[0x61, 0xff, 0x64], 100), Some((1..=100).rev().collect()));
        assert_eq!(one(&[0xfb, 2, 3, 6, 7, 0xb], 5), Some(vec![2, 3, 6, 7, 11]));
        assert_eq!(one(&[0xfb, 2, 3], 5), None);
        assert_eq!(two(&[0x0a, 0x27, 0x10], 5), Some(vec![10_000; 5]));
        let direct = [0x5e, 0x03, 0x5c, 0xa1, 0xab, 0x1e, 0xde, 0xad, 0xbe, 0xef];
        assert_eq!(two(&direct, 4), Some(vec![23_713, 43_806, 57_005, 48_879]));
        assert_eq!(two(direct.get(..9).unwrap_or_default(), 4), None);
        let patched = [
            0x8e, 0x13, 0x2b, 0x21, 0x07, 0xd0, 0x1e, 0x00, 0x14, 0x70, 0x28, 0x32, 0x3c, 0x46, 0x50, 0x5a, 0x64, 0x6e,
            0x78, 0x82, 0x8c, 0x96, 0xa0, 0xaa, 0xb4, 0xbe, 0xfc, 0xe8,
        ];
        let mut values: Vec<i64> = (2000..=2190).step_by(10).collect();
        values.splice(..4, [2030, 2000, 2020, 1_000_000]);
        assert_eq!(two(&patched, 20), Some(values));
        let delta = [0xc6, 0x09, 0x02, 0x02, 0x22, 0x42, 0x42, 0x46];
        assert_eq!(two(&delta, 10), Some(vec![2, 3, 5, 7, 11, 13, 17, 19, 23, 29]));
    }

    #[test]
    fn bytes_and_bits_are_those_of_the_specification() {
        assert_eq!(Octets::new(feed(&[0x61, 0x00])).next(100), Ok(vec![0; 100]));
        assert_eq!(Octets::new(feed(&[0xfe, 0x44, 0x45])).next(2), Ok(vec![0x44, 0x45]));
        let bits = |n: &[usize]| -> Vec<bool> {
            let mut bits = Bits::new(feed(&[0xfe, 0x80, 0x41]));
            n.iter().flat_map(|n| bits.next(*n).unwrap_or_default()).collect()
        };
        let set: Vec<usize> = bits(&[16]).iter().enumerate().filter(|(_, bit)| **bit).map(|(at, _)| at).collect();
        assert_eq!(set, [0, 9, 15]);
        assert_eq!(bits(&[3, 0, 4, 2, 7]), bits(&[16]));
        assert!(Octets::new(feed(&[0xfe, 0x44])).next(2).is_err());
    }
}
