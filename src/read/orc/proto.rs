//! Walks messages of Protocol Buffers: the fields of one message, and none of those inside of it.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Number(u64),
    /// A text, a message, or numbers one after the other.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    pub(super) const fn number(self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Bytes(_) => None,
        }
    }

    pub(super) const fn bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Number(_) => None,
            Self::Bytes(bytes) => Some(bytes),
        }
    }

    /// The numbers of a field that may be there several times, however they were written.
    pub(super) fn numbers(self, into: &mut Vec<u64>) -> Option<()> {
        match self {
            Self::Number(number) => into.push(number),
            Self::Bytes(mut rest) => {
                while !rest.is_empty() {
                    into.push(varint(&mut rest)?);
                }
            }
        }
        Some(())
    }
}

/// Hands out every field of a message with its number; `None` where the bytes are none, or `each` gives up.
pub(super) fn fields<'a>(mut message: &'a [u8], each: &mut dyn FnMut(u64, Value<'a>) -> Option<()>) -> Option<()> {
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut message)?),
            1 => Value::Bytes(part(&mut message, 8)?),
            2 => {
                let length = varint(&mut message)?;
                Value::Bytes(part(&mut message, length)?)
            }
            5 => Value::Bytes(part(&mut message, 4)?),
            _ => return None,
        };
        each(key >> 3, value)?;
    }
    Some(())
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn part<'a>(bytes: &mut &'a [u8], length: u64) -> Option<&'a [u8]> {
    let (part, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::{Value, fields};

    #[test]
    fn walks_and_refuses() {
        let mut seen = Vec::new();
        let message = [0x08, 0x96, 0x01, 0x12, 0x02, 0x03, 0x04, 0x1d, 1, 2, 3, 4];
        let walked = fields(&message, &mut |field, value| {
            seen.push((field, value));
            Some(())
        });
        assert_eq!(walked, Some(()));
        assert_eq!(seen, [(1, Value::Number(150)), (2, Value::Bytes(&[3, 4])), (3, Value::Bytes(&[1, 2, 3, 4]))]);
        for damaged in [&[0x08][..], &[0x12, 0xff, 0xff, 0xff, 0x0f, 1], &[0x0b], &[0xff; 11]] {
            assert_eq!(fields(damaged, &mut |_, _| Some(())), None, "{damaged:?}");
        }
        let mut numbers = Vec::new();
        assert_eq!(Value::Bytes(&[1, 0x80, 1]).numbers(&mut numbers), Some(()));
        assert_eq!(numbers, [1, 128]);
    }
}
