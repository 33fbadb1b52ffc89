//! Finds the user's `exportscan.toml`: the one that is named, or the one beside the data.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;

use super::args::TuningArgs;
use crate::pack::DetectorPack;
use crate::read::{Listing, ObjectRef};
use crate::tune::{self, FILE_NAME, Tuning};

/// China has one time zone, UTC+8; the day of export is a day there.
const CHINA_HOURS: i8 = 8;

/// The configuration and its text.
pub(super) struct Configuration {
    pub(super) tuning: Tuning,
    pub(super) text: String,
}

/// The configuration of a scan of `targets`, applied to the detectors of `packs`; `None` where there is none.
pub(super) fn load(
    args: &TuningArgs,
    targets: &[String],
    packs: &mut [(String, DetectorPack)],
) -> anyhow::Result<Option<Configuration>> {
    let Some(path) = path(args, targets)? else { return Ok(None) };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read the configuration `{name}`"))?;
    let tuning = tune::parse(&name, &text, packs)?;
    tuning.apply_to_detectors(packs);
    Ok(Some(Configuration { tuning, text }))
}

fn path(args: &TuningArgs, targets: &[String]) -> anyhow::Result<Option<PathBuf>> {
    if args.no_config || args.config.is_some() {
        return Ok(args.config.clone());
    }
    let mut found: Vec<PathBuf> =
        targets.iter().map(|target| folder(Path::new(target)).join(FILE_NAME)).filter(|path| path.is_file()).collect();
    found.sort();
    found.dedup_by_key(|path| path.canonicalize().unwrap_or_else(|_| path.clone()));
    match found.as_slice() {
        [] => Ok(None),
        [path] => Ok(Some(path.clone())),
        [one, other, ..] => anyhow::bail!(
            "two configurations apply, `{}` and `{}`; name one by `--config`, or scan the folders one by one",
            one.display(),
            other.display()
        ),
    }
}

/// The folder that a target is, or that the target or what a pattern matches is in.
fn folder(target: &Path) -> PathBuf {
    if target.is_dir() {
        return target.to_owned();
    }
    let is_pattern = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts = target.components();
    let fixed: PathBuf = if target.exists() {
        target.parent().map(Path::to_owned).unwrap_or_default()
    } else {
        parts.take_while(|part| !part.as_os_str().to_str().is_some_and(is_pattern)).collect()
    };
    fixed
}

/// Takes the configuration that applies out of what is scanned: it is read already, and strictly.
pub(super) fn leave_out(tuning: &Tuning, listing: &mut Listing) {
    let Ok(place) = Path::new(&tuning.file).canonicalize() else { return };
    let is_it =
        |object: &ObjectRef| object.origin.path().and_then(|path| path.canonicalize().ok()).as_ref() == Some(&place);
    listing.objects.retain(|object| !is_it(object));
}

/// Today, in China.
pub(super) fn today() -> Date {
    jiff::tz::offset(CHINA_HOURS).to_datetime(jiff::Timestamp::now()).date()
}
