//! `exportscan key`, and the key that a verb works with: where it comes from, and who may read it.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::{KeyArgs, KeyVerb};
use crate::key::Secret;
use crate::model::Language;

/// Names the file of a key.
const FILE_VARIABLE: &str = "EXPORTSCAN_KEY_FILE";
/// Holds the text of a key.
const TEXT_VARIABLE: &str = "EXPORTSCAN_KEY";
/// No key is longer; a file that was named by mistake may be.
const LONGEST_BYTES: u64 = 4096;

/// Runs the verb.
pub(super) fn run(verb: &KeyVerb) -> anyhow::Result<ExitCode> {
    let KeyVerb::New { file } = verb;
    let secret = draw()?;
    anyhow::ensure!(
        file.symlink_metadata().is_err(),
        "`{}` is there already, and a key is never written over; name another file",
        file.display()
    );
    write_new(file, &format!("{}\n", secret.to_text()))
        .with_context(|| format!("cannot write the key `{}`", file.display()))?;
    let (file, id) = (file.display(), secret.id());
    let text = match super::language_of_environment() {
        Language::Zh => format!(
            "`{file}`：密钥 {id}\n\
             请妥善保管，不要外传：持有密钥的人可以在凭它写出的统计文件中查找某人；没有密钥，统计文件无法读取。\n"
        ),
        Language::En => format!(
            "`{file}`: key {id}\n\
             Keep it secret and keep it safe: who has it can look for a person in what it sealed, and without it no tally can \
             be read.\n"
        ),
    };
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// A fresh secret from the system.
pub(super) fn draw() -> anyhow::Result<Secret> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("cannot draw a secret key from the system")?;
    Ok(Secret::new(bytes))
}

/// The key that was given, for what cannot do without one.
pub(super) fn needed(args: &KeyArgs, what: &str) -> anyhow::Result<Secret> {
    given(args)?.with_context(|| {
        format!(
            "{what} needs a key; make one by `exportscan key new FILE`, and name it by `--key FILE` or {FILE_VARIABLE}"
        )
    })
}

/// The key that was given, if any: by `--key`, or else by the environment.
pub(super) fn given(args: &KeyArgs) -> anyhow::Result<Option<Secret>> {
    if let Some(path) = &args.key {
        return from_file(path).map(Some);
    }
    match (variable(FILE_VARIABLE), variable(TEXT_VARIABLE)) {
        (Some(_), Some(_)) => {
            anyhow::bail!(
                "both {FILE_VARIABLE} and {TEXT_VARIABLE} are set; unset one, or name the key by `--key FILE`"
            )
        }
        (Some(path), None) => from_file(&PathBuf::from(path)).map(Some),
        (None, Some(text)) => {
            let secret = Secret::parse(&text.to_string_lossy()).with_context(|| format!("cannot use {TEXT_VARIABLE}"));
            secret.map(Some)
        }
        (None, None) => Ok(None),
    }
}

fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn from_file(path: &Path) -> anyhow::Result<Secret> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("cannot read the key `{shown}`"))?;
    let metadata = file.metadata().with_context(|| format!("cannot read the key `{shown}`"))?;
    anyhow::ensure!(!metadata.is_dir(), "`{shown}` is a folder; name the file of a key");
    anyhow::ensure!(
        !is_open_to_others(&metadata),
        "the key `{shown}` can be read by others; draw a new one if they may have, or run `chmod 600 {shown}`"
    );
    let mut text = Vec::new();
    file.take(LONGEST_BYTES).read_to_end(&mut text).with_context(|| format!("cannot read the key `{shown}`"))?;
    Secret::parse(&String::from_utf8_lossy(&text)).with_context(|| format!("cannot use `{shown}`"))
}

#[cfg(unix)]
fn is_open_to_others(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}

/// Writes a file that only its owner may read, and only where there is none.
pub(super) fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key is none, and would be in the way.
        let _ = fs::remove_file(path);
    }
    written
}
