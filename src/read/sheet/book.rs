//! Opens a workbook and takes the cells out of its sheets.

use std::io::{Cursor, Read, Seek};

use bytes::Bytes;
use calamine::{DataType, Ods, OdsError, Reader, Sheet, SheetType, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError};

use super::grid::{Grid, TooLarge};
use crate::model::ProblemCode;
use crate::read::parquet::guard::kind_of;

/// Why a workbook or a sheet cannot be read, in words without values from the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: ProblemCode,
    pub(super) cause: String,
}

impl Fault {
    pub(super) fn new(code: ProblemCode, cause: impl Into<String>) -> Self {
        Self { code, cause: cause.into() }
    }

    /// An error of the decoder.
    fn of(error: &impl std::fmt::Debug) -> Self {
        Self::new(ProblemCode::SheetCorrupt, kind_of(error))
    }

    fn password() -> Self {
        Self::new(ProblemCode::FormatEncrypted, "the workbook has a password")
    }
}

impl From<TooLarge> for Fault {
    fn from(_: TooLarge) -> Self {
        Self::new(ProblemCode::ObjectTooLarge, "its cells are more than may be held in memory; the rest was not read")
    }
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        if matches!(error, XlsxError::Password) { Self::password() } else { Self::of(&error) }
    }
}

impl From<XlsbError> for Fault {
    fn from(error: XlsbError) -> Self {
        if matches!(error, XlsbError::Password) { Self::password() } else { Self::of(&error) }
    }
}

impl From<XlsError> for Fault {
    fn from(error: XlsError) -> Self {
        if matches!(error, XlsError::Password) { Self::password() } else { Self::of(&error) }
    }
}

impl From<OdsError> for Fault {
    fn from(error: OdsError) -> Self {
        if matches!(error, OdsError::Password) { Self::password() } else { Self::of(&error) }
    }
}

/// An opened workbook.
pub(super) enum Book {
    Xlsx(Xlsx<Cursor<Bytes>>),
    Xlsb(Xlsb<Cursor<Bytes>>),
    Xls(Xls<Cursor<Bytes>>),
    Ods(Ods<Cursor<Bytes>>),
}

impl Book {
    /// Opens a workbook of this format.
    pub(super) fn open(format: &str, bytes: Bytes) -> Result<Self, Fault> {
        let bytes = Cursor::new(bytes);
        Ok(match format {
            "xlsx" => Self::Xlsx(Xlsx::new(bytes)?),
            "xlsb" => Self::Xlsb(Xlsb::new(bytes)?),
            "ods" => Self::Ods(Ods::new(bytes)?),
            _ => Self::Xls(Xls::new(bytes)?),
        })
    }

    /// The names of the sheets that have cells, hidden ones too.
    pub(super) fn sheets(&self) -> Vec<String> {
        let sheets: &[Sheet] = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let has_cells = |sheet: &&Sheet| !matches!(sheet.typ, SheetType::ChartSheet | SheetType::Vba);
        sheets.iter().filter(has_cells).map(|sheet| sheet.name.clone()).collect()
    }

    /// Takes the cells of a sheet, as far as they can be read.
    pub(super) fn fill(&mut self, sheet: &str, grid: &mut Grid, bytes_left: &mut u64) -> Result<(), Fault> {
        match self {
            Self::Xlsx(book) => {
                let mut cells = match book.worksheet_cells_reader(sheet) {
                    // A sheet of dialogs or of macros has no cells.
                    Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
                    cells => cells?,
                };
                while let Some(cell) = cells.next_cell()? {
                    let (row, column) = cell.get_position();
                    grid.add(row, column, cell.get_value(), bytes_left)?;
                }
                drop(cells);
                let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
                spread(grid, &merged, bytes_left)
            }
            Self::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet)?;
                while let Some(cell) = cells.next_cell()? {
                    let (row, column) = cell.get_position();
                    grid.add(row, column, cell.get_value(), bytes_left)?;
                }
                Ok(())
            }
            Self::Xls(book) => {
                fill_from_range(book, sheet, grid, bytes_left)?;
                let merged = book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
                spread(grid, &merged, bytes_left)
            }
            Self::Ods(book) => fill_from_range(book, sheet, grid, bytes_left),
        }
    }
}

fn spread(grid: &mut Grid, merged: &[calamine::Dimensions], bytes_left: &mut u64) -> Result<(), Fault> {
    let merged = merged.iter().map(|merged| (merged.start.0, merged.end.0, merged.start.1));
    Ok(grid.spread(merged, bytes_left)?)
}

fn fill_from_range<RS: Read + Seek, R: Reader<RS>>(
    book: &mut R,
    sheet: &str,
    grid: &mut Grid,
    bytes_left: &mut u64,
) -> Result<(), Fault>
where
    Fault: From<R::Error>,
{
    let range = book.worksheet_range(sheet)?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells().filter(|(_, _, value)| !value.is_empty()) {
        grid.add(first_row + row as u32, first_column + column as u32, value, bytes_left)?;
    }
    Ok(())
}
