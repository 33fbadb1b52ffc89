//! Walks Thrift compact structures without building them.
//!
//! The decoder of the `parquet` crate recurses as deep as a schema nests and reserves what a header asks for; a crafted
//! file could exhaust the stack or the memory, which no program survives. What is walked here first is known to be sane.
//! Source: Apache Thrift, `doc/specs/thrift-compact-protocol.md`.

/// The type of a field or an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    True,
    False,
    Byte,
    Int,
    Double,
    Bytes,
    List,
    Map,
    Struct,
    Uuid,
}

impl Kind {
    fn of(nibble: u8) -> Option<Self> {
        Some(match nibble {
            1 => Self::True,
            2 => Self::False,
            3 => Self::Byte,
            4..=6 => Self::Int,
            7 => Self::Double,
            8 => Self::Bytes,
            9 | 10 => Self::List,
            11 => Self::Map,
            12 => Self::Struct,
            13 => Self::Uuid,
            _ => return None,
        })
    }
}

/// Structures of a footer nest less deep than this by far; the Parquet format knows eight levels.
const MAX_DEPTH: u32 = 32;

/// A place in encoded bytes. Every method gives `None` where the bytes end or make no sense.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// The beginning of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Walks a structure and hands each field to `field`, which returns whether it has consumed it.
    pub(super) fn fields(&mut self, field: &mut dyn FnMut(i64, Kind, &mut Self) -> Option<bool>) -> Option<()> {
        self.fields_at(MAX_DEPTH, field)
    }

    fn fields_at(&mut self, depth: u32, field: &mut dyn FnMut(i64, Kind, &mut Self) -> Option<bool>) -> Option<()> {
        let mut id = 0i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            let kind = Kind::of(head & 0x0f)?;
            id = match head >> 4 {
                0 => self.int()?,
                step => id.checked_add(i64::from(step))?,
            };
            if !field(id, kind, self)? {
                self.skip(kind, depth)?;
            }
        }
    }

    /// The head of a list: the type of its elements, and how many there are.
    pub(super) fn list(&mut self) -> Option<(Kind, u64)> {
        let head = self.byte()?;
        if head == 0 {
            // Some writers give an empty list no type.
            return Some((Kind::Byte, 0));
        }
        let n = match head >> 4 {
            15 => self.varint()?,
            n => u64::from(n),
        };
        Some((Kind::of(head & 0x0f)?, n))
    }

    /// A number.
    pub(super) fn int(&mut self) -> Option<i64> {
        let raw = self.varint()?;
        Some((raw >> 1).cast_signed() ^ -(raw & 1).cast_signed())
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn advance(&mut self, n: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(n).ok()?..)?;
        Some(())
    }

    fn skip(&mut self, kind: Kind, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            Kind::True | Kind::False => Some(()),
            Kind::Byte => self.advance(1),
            Kind::Int => self.varint().map(drop),
            Kind::Double => self.advance(8),
            Kind::Uuid => self.advance(16),
            Kind::Bytes => {
                let n = self.varint()?;
                self.advance(n)
            }
            Kind::List => {
                let (kind, n) = self.list()?;
                (0..n).try_for_each(|_| self.skip_element(kind, depth))
            }
            Kind::Map => {
                let n = self.varint()?;
                if n == 0 {
                    return Some(());
                }
                let kinds = self.byte()?;
                let (key, value) = (Kind::of(kinds >> 4)?, Kind::of(kinds & 0x0f)?);
                (0..n).try_for_each(|_| {
                    self.skip_element(key, depth)?;
                    self.skip_element(value, depth)
                })
            }
            Kind::Struct => self.fields_at(depth, &mut |_, _, _| Some(false)),
        }
    }

    /// In a list a truth value is a byte of its own.
    fn skip_element(&mut self, kind: Kind, depth: u32) -> Option<()> {
        match kind {
            Kind::True | Kind::False => self.advance(1),
            other => self.skip(other, depth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Kind};

    #[test]
    fn walks() {
        // {1: 21 as i32, 3: [true, false], 20: {1: "ab"}}
        let bytes = [0x15, 0x2a, 0x29, 0x21, 1, 2, 0x0c, 40, 0x18, 2, b'a', b'b', 0, 0];
        let mut seen = Vec::new();
        let walked = Cursor::new(&bytes).fields(&mut |id, kind, cursor| {
            seen.push((id, kind));
            if id == 1 {
                assert_eq!(cursor.int(), Some(21));
            }
            Some(id == 1)
        });
        assert_eq!(walked, Some(()));
        assert_eq!(seen, [(1, Kind::Int), (3, Kind::List), (20, Kind::Struct)]);
    }

    #[test]
    fn ends_on_any_bytes() {
        let deep = [0x1c_u8; 4096];
        assert_eq!(Cursor::new(&deep).fields(&mut |_, _, _| Some(false)), None);
        let long_list = [0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07];
        assert_eq!(Cursor::new(&long_list).fields(&mut |_, _, _| Some(false)), None);
        for first in 0..=255u8 {
            for second in 0..=255u8 {
                let _ = Cursor::new(&[first, second, 0x80, 0x80]).fields(&mut |_, _, _| Some(false));
            }
        }
    }
}
