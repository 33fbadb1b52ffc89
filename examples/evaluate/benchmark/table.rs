//! One table, and what is true of it.

/// A table as it lies in a folder.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// The generator's name and the variant, such as `crm_contacts.3`.
    pub(crate) id: String,
    /// The name of the file, without its ending, as a company would name it.
    pub(crate) name: String,
    /// How it is written.
    pub(crate) form: Form,
    /// Whether the first line names the columns; Parquet always has names.
    pub(crate) has_header: bool,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Classes that the rows as a whole are (`vehicle.track`, `health.record` ...).
    pub(crate) records: Vec<&'static str>,
    /// Classes of rows or columns that may be said of the table and need not.
    pub(crate) may: Vec<&'static str>,
    /// Distinct natural persons of whom more than a name is there; `None` where the data leave it open.
    pub(crate) subjects: Option<u64>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// UTF-8, commas.
    #[default]
    Csv,
    /// UTF-8, tabulators.
    Tsv,
    /// UTF-8, `|`.
    Pipe,
    /// GB18030, commas.
    Gb18030,
    /// Parquet, text columns.
    Parquet,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its header, as it stands there (or would stand).
    pub(crate) header: String,
    /// The classes that must be found in it; none where it is nothing that any list names.
    pub(crate) classes: Vec<&'static str>,
    /// Classes that may be found in it and need not.
    pub(crate) may: Vec<&'static str>,
    /// Its cells, one for every row; empty for a gap.
    pub(crate) cells: Vec<String>,
}

impl Table {
    /// A CSV table with a header and nothing in it.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self {
            id: String::new(),
            name: name.into(),
            form: Form::Csv,
            has_header: true,
            columns: Vec::new(),
            records: Vec::new(),
            may: Vec::new(),
            subjects: None,
        }
    }

    /// Adds a column in which `classes` must be found.
    #[must_use]
    pub(crate) fn column(self, header: impl Into<String>, classes: &[&'static str], cells: Vec<String>) -> Self {
        self.column_that_may(header, classes, &[], cells)
    }

    /// Adds a column in which `classes` must, and `may` can, be found.
    #[must_use]
    pub(crate) fn column_that_may(
        mut self,
        header: impl Into<String>,
        classes: &[&'static str],
        may: &[&'static str],
        cells: Vec<String>,
    ) -> Self {
        let rows = self.columns.first().map_or(cells.len(), |column| column.cells.len());
        assert_eq!(rows, cells.len(), "a column of `{}` has another length", self.name);
        self.columns.push(Column { header: header.into(), classes: classes.to_vec(), may: may.to_vec(), cells });
        self
    }

    /// Says what the rows are.
    #[must_use]
    pub(crate) fn records(mut self, classes: &[&'static str]) -> Self {
        self.records = classes.to_vec();
        self
    }

    /// Says what the table may be taken for without harm.
    #[must_use]
    pub(crate) fn may(mut self, classes: &[&'static str]) -> Self {
        self.may = classes.to_vec();
        self
    }

    /// Says how many distinct natural persons are in it of whom more than a name is there.
    #[must_use]
    pub(crate) fn subjects(mut self, persons: usize) -> Self {
        self.subjects = Some(persons as u64);
        self
    }

    /// Chooses how it is written.
    #[must_use]
    pub(crate) fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Leaves the line of headers out (of text forms).
    #[must_use]
    pub(crate) fn without_header(mut self) -> Self {
        self.has_header = false;
        self
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }
}
