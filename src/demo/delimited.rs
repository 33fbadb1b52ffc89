//! Delimited text, quoted where it must be.

/// Text under construction.
#[derive(Clone, Debug)]
pub(super) struct Delimited {
    text: String,
    delimiter: char,
    rows: u64,
}

impl Delimited {
    /// A table with this header.
    pub(super) fn new(delimiter: char, header: &[&str]) -> Self {
        let mut table = Self { text: String::new(), delimiter, rows: 0 };
        table.line(header);
        table
    }

    /// Adds a record.
    pub(super) fn row(&mut self, cells: &[&str]) {
        self.line(cells);
        self.rows += 1;
    }

    /// How many records there are, without the header.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The text.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn line(&mut self, cells: &[&str]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(self.delimiter);
            }
            if cell.contains([self.delimiter, '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Delimited;

    #[test]
    fn quotes_what_must_be() {
        let mut table = Delimited::new(';', &["a", "b"]);
        table.row(&["x;y", "say \"no\""]);
        table.row(&["two\nlines", "plain"]);
        assert_eq!(table.rows(), 2);
        assert_eq!(table.into_text(), "a;b\n\"x;y\";\"say \"\"no\"\"\"\n\"two\nlines\";plain\n");
    }
}
