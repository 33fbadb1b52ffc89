//! What was found so far: a tally for each object, whose name says of which version it is.
//!
//! ```text
//! STATE/lock
//! STATE/told.json                                  the verdict that the webhook knows
//! STATE/objects/PLACE/OBJECT-VERSION-MAKER.tally
//! ```
//!
//! There is no index that could disagree with the files: a tally is there whole under its name, or it is not there. The parts
//! of names are keyed codes, because the name of an object may be somebody's number.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::key::Seal;
use crate::read::ObjectRef;

/// The folder, locked.
pub(super) struct State {
    folder: PathBuf,
    seal: Seal,
    /// Of what findings depend on beside the data.
    maker: String,
    _lock: File,
}

const SUFFIX: &str = ".tally";
/// What files are called that are not written to the end.
const UNFINISHED: &str = ".exportscan-";
const PURPOSE: &str = "exportscan 2026 names of what is watched";

impl State {
    /// Makes the folder where there is none, and waits for nobody: two passes at once would do the same work twice.
    pub(super) fn open(folder: &Path, seal: Seal, maker: &str) -> anyhow::Result<Self> {
        let cannot = || format!("cannot use the state `{}`", folder.display());
        fs::create_dir_all(folder.join("objects")).with_context(cannot)?;
        let lock = File::create(folder.join("lock")).with_context(cannot)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                anyhow::bail!("another pass works in `{}`; wait for its end", folder.display())
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
        let maker = code(&seal, &["maker", maker]);
        Ok(Self { folder: folder.to_owned(), seal, maker, _lock: lock })
    }

    /// The folder for a place.
    pub(super) fn place(&self, place: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join("objects").join(code(&self.seal, &["place", place]));
        fs::create_dir_all(&folder).with_context(|| format!("cannot use the state `{}`", folder.display()))?;
        Ok(folder)
    }

    /// What the names of all tallies of an object begin with.
    pub(super) fn object(&self, object: &ObjectRef) -> String {
        code(&self.seal, &["object", &object.uri])
    }

    /// The name of the tally of this version of an object.
    pub(super) fn name(&self, object: &ObjectRef) -> std::io::Result<String> {
        let version = code(&self.seal, &["version", &object.origin.version()?]);
        Ok(format!("{}-{version}-{}{SUFFIX}", self.object(object), self.maker))
    }

    /// Whether the tally was made as it would be now.
    pub(super) fn is_of_maker(&self, name: &str) -> bool {
        name.strip_suffix(SUFFIX).is_some_and(|name| name.ends_with(&self.maker))
    }

    /// Deletes what no pass needs any more: tallies but those in `kept`, and what passes left that were killed. Tells how many
    /// tallies.
    pub(super) fn sweep(&self, kept: &BTreeSet<PathBuf>) -> anyhow::Result<usize> {
        let cannot = || format!("cannot tidy the state `{}`", self.folder.display());
        let mut swept = 0;
        for file in entries(&self.folder).with_context(cannot)? {
            if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED)) {
                fs::remove_file(&file).with_context(cannot)?;
            }
        }
        for place in entries(&self.folder.join("objects")).with_context(cannot)? {
            for file in entries(&place).with_context(cannot)? {
                if !kept.contains(&file) {
                    fs::remove_file(&file).with_context(cannot)?;
                    swept += usize::from(file.to_string_lossy().ends_with(SUFFIX));
                }
            }
            // It stays where there is something in it.
            let _ = fs::remove_dir(&place);
        }
        Ok(swept)
    }

    /// The verdict that was told last.
    pub(super) fn told(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("told.json")).ok()
    }

    /// Remembers what was told.
    pub(super) fn tell(&self, verdict: &str) -> anyhow::Result<()> {
        replace(&self.folder.join("told.json"), verdict)
    }
}

/// The names of all tallies in the folder of a place.
pub(super) fn tallies(folder: &Path) -> anyhow::Result<Vec<String>> {
    let files = entries(folder).with_context(|| format!("cannot read the state `{}`", folder.display()))?;
    let names = files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
    Ok(names.filter(|name| name.ends_with(SUFFIX)).collect())
}

/// Writes a file whole or not at all.
pub(super) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("cannot write `{}`", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).with_context(cannot)?;
    fs::write(file.path(), text).with_context(cannot)?;
    file.as_file().sync_all().with_context(cannot)?;
    // Whoever collects metrics is somebody else.
    #[cfg(unix)]
    fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644)).with_context(cannot)?;
    file.persist(path).map(drop).map_err(|error| error.error).with_context(cannot)
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// 64 bits of a keyed code of some texts, in hexadecimal digits.
fn code(seal: &Seal, texts: &[&str]) -> String {
    let mut code = seal.begin(PURPOSE);
    for text in texts {
        code.update(&(text.len() as u64).to_le_bytes());
        code.update(text.as_bytes());
    }
    code.code().iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
