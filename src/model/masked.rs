//! A value as a person may see it: enough to recognise, too little to know.

use std::fmt;

/// A sample of a value with its middle removed. The raw value is gone once this exists.
///
/// Never more than eight characters stay, and fewer of a short value: four in front and four behind for long
/// identifiers (`1101**********1234`), one in front for short ones (`王*`). Control characters are dropped, so a
/// terminal or a page can show it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

/// No more of a value than this is shown, however long it is.
const SHOWN_LENGTH: usize = 24;

impl Masked {
    /// Masks `raw`, which may be any bytes.
    pub fn new(raw: &[u8]) -> Self {
        let text = String::from_utf8_lossy(raw);
        let chars: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
        let (front, back) = match chars.len() {
            0..=1 => (0, 0),
            2..=5 => (1, 0),
            6..=8 => (1, 1),
            9..=11 => (2, 1),
            12..=17 => (3, 2),
            _ => (4, 4),
        };
        let hidden = chars.len().saturating_sub(front + back);
        let shown_hidden = hidden.min(SHOWN_LENGTH.saturating_sub(front + back));
        let mut masked: String = chars.iter().take(front).collect();
        masked.extend(std::iter::repeat_n('*', shown_hidden));
        masked.extend(chars.iter().skip(chars.len() - back));
        Self(masked)
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masked({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Masked;

    #[test]
    fn shows_little() {
        let cases = [
            ("11010519491231002X", "1101**********002X"),
            ("13812345678", "13********8"),
            ("王小明", "王**"),
            ("王", "*"),
            ("", ""),
            ("a\u{1b}[31mbcdefgh", "a[3*******gh"),
        ];
        for (raw, masked) in cases {
            assert_eq!(Masked::new(raw.as_bytes()).as_str(), masked);
        }
    }
}
