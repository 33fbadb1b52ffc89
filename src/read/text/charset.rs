//! Character encodings: which one it is, and any of them to UTF-8.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Charset {
    Utf8,
    Gb18030,
    /// ISO 8859-1 with the additions of Windows; every sequence of bytes is text in it.
    Windows1252,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Charset {
    /// The name that reports show.
    pub(in crate::read) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Windows1252 => "windows-1252",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Utf32Le => "utf-32le",
            Self::Utf32Be => "utf-32be",
        }
    }

    /// Whether a byte that looks like a line break is one, so that a file can be cut into ranges.
    pub(in crate::read) const fn keeps_line_breaks(self) -> bool {
        matches!(self, Self::Utf8 | Self::Gb18030 | Self::Windows1252)
    }

    /// The encoding of a text that begins with `head`, and the length of its byte order mark.
    ///
    /// Strict UTF-8 comes before GB18030, which would accept most of it.
    pub(in crate::read) fn guess(head: &[u8]) -> (Self, usize) {
        // The mark of UTF-32LE begins like that of UTF-16LE.
        const MARKS: [(&[u8], Charset); 6] = [
            (&[0xef, 0xbb, 0xbf], Charset::Utf8),
            (&[0xff, 0xfe, 0, 0], Charset::Utf32Le),
            (&[0, 0, 0xfe, 0xff], Charset::Utf32Be),
            (&[0xff, 0xfe], Charset::Utf16Le),
            (&[0xfe, 0xff], Charset::Utf16Be),
            (&[0x84, 0x31, 0x95, 0x33], Charset::Gb18030),
        ];
        if let Some((mark, charset)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
            return (*charset, mark.len());
        }
        if let Some(charset) = by_zero_bytes(head) {
            return (charset, 0);
        }
        let utf8 = Self::Utf8.malformed_in(head);
        let charset = if utf8 == 0 {
            Self::Utf8
        } else if is_western(head) {
            Self::Windows1252
        } else if Self::Gb18030.malformed_in(head) < utf8 {
            Self::Gb18030
        } else {
            Self::Utf8
        };
        (charset, 0)
    }

    /// How many malformed sequences there are, an incomplete one at the end left out.
    pub(in crate::read) fn malformed_in(self, bytes: &[u8]) -> u64 {
        let mut decoder = Decoder::new(self);
        let mut text = bytes.to_vec();
        decoder.decode(&mut text, 0, false);
        decoder.malformed
    }

    /// The text of bytes that stand by themselves. Adds the malformed sequences, which become U+FFFD.
    pub(in crate::read) fn decode<'a>(self, bytes: &'a [u8], n_malformed: &mut u64) -> Cow<'a, str> {
        if (self == Self::Utf8 || bytes.is_ascii() && self.keeps_line_breaks())
            && let Ok(text) = simdutf8::basic::from_utf8(bytes)
        {
            return Cow::Borrowed(text);
        }
        let mut text = bytes.to_vec();
        let mut decoder = Decoder::new(self);
        decoder.decode(&mut text, 0, true);
        *n_malformed += decoder.malformed;
        Cow::Owned(String::from_utf8_lossy(&text).into_owned())
    }

    /// The text of `head`, an incomplete character at the end left out.
    pub(in crate::read) fn decode_head(self, head: &[u8]) -> Vec<u8> {
        let mut text = head.to_vec();
        Decoder::new(self).decode(&mut text, 0, false);
        text
    }
}

/// UTF-16 and UTF-32 without a mark have a zero byte in every line break, blank, digit and Latin letter, always at
/// the same place of the unit.
fn by_zero_bytes(head: &[u8]) -> Option<Charset> {
    // Enough to tell, and no pair of NUL bytes in an otherwise fine text can reach the shares below.
    let head = head.get(..4096).unwrap_or(head);
    let mut zeros = [0_usize; 4];
    for four in head.as_chunks::<4>().0 {
        for (count, byte) in zeros.iter_mut().zip(four) {
            *count += usize::from(*byte == 0);
        }
    }
    let quarter = head.len() / 4;
    if quarter < 2 {
        return None;
    }
    let most = |n: usize| n * 10 >= quarter * 9;
    // One in ten units of a Chinese text is Latin: a delimiter, a digit, a line break.
    let some = |n: usize| n * 10 >= quarter;
    let none = |n: usize| n * 50 <= quarter;
    let [a, b, c, d] = zeros;
    if none(a) && most(c) && most(d) {
        Some(Charset::Utf32Le)
    } else if none(d) && most(a) && most(b) {
        Some(Charset::Utf32Be)
    } else if none(a) && none(c) && some(b) && some(d) {
        Some(Charset::Utf16Le)
    } else if none(b) && none(d) && some(a) && some(c) {
        Some(Charset::Utf16Be)
    } else {
        None
    }
}

/// Whether bytes outside of ASCII stand alone among letters, as in `Málaga`. Chinese characters come in rows, and most
/// of them have two such bytes each. GB18030 would take the letter behind for a part of a character.
fn is_western(head: &[u8]) -> bool {
    let high_runs =
        head.chunk_by(|a, b| a.is_ascii() == b.is_ascii()).filter(|run| run.first().is_some_and(|b| !b.is_ascii()));
    let (n_runs, n_single) =
        high_runs.fold((0_u64, 0_u64), |(n, single), run| (n + 1, single + u64::from(run.len() == 1)));
    n_runs > 0 && n_single * 10 >= n_runs * 9
}

/// Turns bytes into UTF-8, portion by portion.
pub(in crate::read) struct Decoder {
    charset: Charset,
    foreign: Option<encoding_rs::Decoder>,
    /// An incomplete character at the end of the last portion.
    pending: Vec<u8>,
    scratch: Vec<u8>,
    /// How many malformed sequences became U+FFFD.
    pub(in crate::read) malformed: u64,
    /// Where in the last portion's text they stand.
    pub(in crate::read) replaced_at: Vec<usize>,
}

const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

impl Decoder {
    /// A decoder at the beginning of a text, after its mark.
    pub(in crate::read) fn new(charset: Charset) -> Self {
        let foreign = match charset {
            Charset::Gb18030 => Some(GB18030.new_decoder_without_bom_handling()),
            Charset::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
            Charset::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Charset::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Charset::Utf8 | Charset::Utf32Le | Charset::Utf32Be => None,
        };
        Self { charset, foreign, pending: Vec::new(), scratch: Vec::new(), malformed: 0, replaced_at: Vec::new() }
    }

    /// Replaces the raw bytes in `text[from..]` by their text. Bytes of an incomplete character wait for the next
    /// portion, unless this is the `last` one.
    pub(in crate::read) fn decode(&mut self, text: &mut Vec<u8>, from: usize, last: bool) {
        self.replaced_at.clear();
        if self.charset == Charset::Utf8 && self.pending.is_empty() {
            return self.check_utf8(text, from, last);
        }
        let mut raw = std::mem::take(&mut self.scratch);
        raw.clear();
        raw.append(&mut self.pending);
        raw.extend_from_slice(text.get(from..).unwrap_or_default());
        text.truncate(from);
        match self.charset {
            Charset::Utf8 => {
                text.extend_from_slice(&raw);
                self.check_utf8(text, from, last);
            }
            Charset::Utf32Le => self.decode_utf32(&raw, text, last, u32::from_le_bytes),
            Charset::Utf32Be => self.decode_utf32(&raw, text, last, u32::from_be_bytes),
            Charset::Gb18030 | Charset::Windows1252 | Charset::Utf16Le | Charset::Utf16Be => {
                self.decode_foreign(&raw, text, last);
            }
        }
        self.scratch = raw;
    }

    fn replace(&mut self, text: &mut Vec<u8>) {
        self.malformed += 1;
        self.replaced_at.push(text.len());
        text.extend_from_slice(REPLACEMENT);
    }

    /// Leaves valid text where it is: nearly all text is, and is not copied.
    fn check_utf8(&mut self, text: &mut Vec<u8>, from: usize, last: bool) {
        if simdutf8::basic::from_utf8(text.get(from..).unwrap_or_default()).is_ok() {
            return;
        }
        let raw = text.split_off(from);
        let mut rest = raw.as_slice();
        loop {
            let Err(error) = simdutf8::compat::from_utf8(rest) else {
                text.extend_from_slice(rest);
                return;
            };
            let (valid, bad) = rest.split_at_checked(error.valid_up_to()).unwrap_or((rest, &[]));
            text.extend_from_slice(valid);
            match error.error_len() {
                Some(length) => {
                    self.replace(text);
                    rest = bad.get(length..).unwrap_or_default();
                }
                None if last => return self.replace(text),
                None => {
                    self.pending.extend_from_slice(bad);
                    return;
                }
            }
        }
    }

    fn decode_foreign(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool) {
        let Some(mut decoder) = self.foreign.take() else { return };
        let mut rest = raw;
        let mut end = text.len();
        // Room for the worst case at once: asking again after every malformed sequence would be quadratic.
        let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len().saturating_mul(3));
        text.resize(end + room + REPLACEMENT.len(), 0);
        loop {
            let out = text.get_mut(end..).unwrap_or_default();
            let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, out, last);
            end += written;
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => text.resize(text.len() + rest.len() + 64, 0),
                DecoderResult::Malformed(..) => {
                    self.malformed += 1;
                    self.replaced_at.push(end);
                    if text.len() < end + REPLACEMENT.len() {
                        text.resize(end + REPLACEMENT.len(), 0);
                    }
                    if let Some(place) = text.get_mut(end..end + REPLACEMENT.len()) {
                        place.copy_from_slice(REPLACEMENT);
                    }
                    end += REPLACEMENT.len();
                }
            }
        }
        text.truncate(end);
        // A decoder that has seen the end must not be used again.
        self.foreign = (!last).then_some(decoder);
    }

    fn decode_utf32(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool, unit: fn([u8; 4]) -> u32) {
        let (units, rest) = raw.as_chunks::<4>();
        for four in units {
            match char::from_u32(unit(*four)) {
                Some(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                None => self.replace(text),
            }
        }
        if last && !rest.is_empty() {
            self.replace(text);
        } else {
            self.pending.extend_from_slice(rest);
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]
mod tests {
    use proptest::prelude::*;

    use super::{Charset, Decoder};

    fn decode(charset: Charset, bytes: &[u8], step: usize) -> (String, u64) {
        let mut decoder = Decoder::new(charset);
        let mut all = Vec::new();
        for part in bytes.chunks(step) {
            let from = all.len();
            all.extend_from_slice(part);
            decoder.decode(&mut all, from, false);
        }
        let from = all.len();
        decoder.decode(&mut all, from, true);
        (String::from_utf8(all).expect("the output is UTF-8"), decoder.malformed)
    }

    #[test]
    fn guesses() {
        let cases: [(&[u8], Charset, usize); 9] = [
            (b"abc", Charset::Utf8, 0),
            ("张三".as_bytes(), Charset::Utf8, 0),
            // Cut in the middle of a character.
            ("张三".as_bytes().split_at(5).0, Charset::Utf8, 0),
            (b"\xef\xbb\xbfabc", Charset::Utf8, 3),
            (b"\xd5\xc5\xc8\xfd,1\n", Charset::Gb18030, 0),
            (b"\xff\xfea\0", Charset::Utf16Le, 2),
            (b"a\0,\0b\0\n\0", Charset::Utf16Le, 0),
            (b"\0a\0,\0b\0\n", Charset::Utf16Be, 0),
            (b"M\xe1laga", Charset::Windows1252, 0),
        ];
        for (bytes, charset, mark) in cases {
            assert_eq!(Charset::guess(bytes), (charset, mark), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn portions_say_what_the_whole_says(bytes in prop::collection::vec(any::<u8>(), 0..200), step in 1_usize..50) {
            for charset in [
                Charset::Utf8,
                Charset::Gb18030,
                Charset::Windows1252,
                Charset::Utf16Le,
                Charset::Utf16Be,
                Charset::Utf32Le,
                Charset::Utf32Be,
            ] {
                prop_assert_eq!(decode(charset, &bytes, step), decode(charset, &bytes, bytes.len().max(1)));
            }
        }

        #[test]
        fn utf8_is_replaced_as_the_standard_library_does(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(Charset::Utf8, &bytes, 7).0, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}
