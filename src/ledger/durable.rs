//! Writes files so that they are there whole or not at all, whenever the machine stops.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::LedgerError;

/// Writes `bytes` to `incoming`, lets the disk have them, and gives them their name.
///
/// The name is durable when this returns.
pub(super) fn write(incoming: &Path, path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let fail = |doing| LedgerError::io(doing, path);
    let mut file = File::create(incoming).map_err(fail("write"))?;
    file.write_all(bytes).map_err(fail("write"))?;
    file.sync_all().map_err(fail("write"))?;
    drop(file);
    name(incoming, path)
}

/// Gives a finished file its name; the name is durable when this returns.
pub(super) fn name(incoming: &Path, path: &Path) -> Result<(), LedgerError> {
    fs::rename(incoming, path).map_err(LedgerError::io("write", path))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    sync_folder(folder).map_err(LedgerError::io("write", folder))
}

/// Lets the disk have a file that somebody else wrote.
pub(super) fn sync_file(path: &Path) -> Result<(), LedgerError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(LedgerError::io("write", path))
}

/// Lets the disk have the names of a folder.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // Windows opens no folders; there a rename is as durable as the system makes it.
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder)?.sync_all()
}
