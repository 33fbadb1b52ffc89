//! Folders whose names are a column and its value: `vehicle=京A12345`.

use super::Masked;

/// Such a folder, as it stands in a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder<'a> {
    /// The name of the column.
    pub name: &'a str,
    stored: &'a str,
}

/// What stands around the code of a value that is not shown, so that two of them stay two.
const MARKS: [char; 2] = ['\u{2039}', '\u{203a}'];

impl<'a> Folder<'a> {
    /// Those of a URI, the outermost first.
    pub fn of(uri: &'a str) -> impl Iterator<Item = Self> {
        let folders = uri.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter_map(Self::parse)
    }

    /// `None` where it is a folder like others.
    pub fn parse(part: &'a str) -> Option<Self> {
        let (name, stored) = part.split_once('=')?;
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        (is_name && !name.is_empty()).then_some(Self { name, stored })
    }

    /// The value, without the percent signs that stand for other characters.
    pub fn value(&self) -> String {
        let mut bytes = Vec::with_capacity(self.stored.len());
        let mut rest = self.stored.as_bytes();
        while let Some((first, behind)) = rest.split_first() {
            let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
            let byte =
                digits.filter(|digits| !digits.starts_with('+')).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            bytes.push(byte.unwrap_or(*first));
            rest = if byte.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
        }
        String::from_utf8(bytes).unwrap_or_else(|_| self.stored.to_owned())
    }

    /// How it is called where its value must not be shown; the code tells it from others that look like it.
    pub fn hidden(&self, code: u64) -> String {
        let [open, close] = MARKS;
        format!("{}={}{open}{code:016x}{close}", self.name, Masked::new(self.value().as_bytes()))
    }

    /// A URI without the codes of [`Folder::hidden`]; `None` where it has none.
    pub fn without_codes(uri: &str) -> Option<String> {
        let [open, close] = MARKS;
        let is_code = |code: &&str| code.len() == 16 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut parts = uri.split(open);
        let mut shown = parts.next().unwrap_or_default().to_owned();
        let mut found = false;
        for part in parts {
            if let Some((_, rest)) = part.split_once(close).filter(|(code, _)| is_code(code)) {
                found = true;
                shown.push_str(rest);
            } else {
                shown.push(open);
                shown.push_str(part);
            }
        }
        found.then_some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;

    #[test]
    fn folders_name_columns() {
        let uri = "s3://b=1/dt=2024-05-01/x/vehicle=%E4%BA%ACA12345/=/a b=c/k=/n=%zz%4/file=1.csv";
        let found: Vec<(String, String)> = Folder::of(uri).map(|f| (f.name.to_owned(), f.value())).collect();
        let expected = [("b", "1"), ("dt", "2024-05-01"), ("vehicle", "京A12345"), ("k", ""), ("n", "%zz%4")];
        let expected: Vec<(String, String)> = expected.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_hidden_value_has_a_code_that_can_be_taken_off() {
        let folder = Folder::parse("vehicle=京A12345").expect("a folder");
        let hidden = folder.hidden(7);
        assert!(!hidden.contains("A1234"), "{hidden}");
        let uri = format!("a/{hidden}/b\u{2039}c/x.csv");
        let shown = Folder::without_codes(&uri).expect("a code");
        assert!(shown.starts_with("a/vehicle=") && shown.ends_with("/b\u{2039}c/x.csv") && !shown.contains("0007"));
        assert_eq!(Folder::without_codes(&shown), None);
    }
}
