//! `exportscan ledger key new`: a key that signs records.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::say;
use crate::cli::key;
use crate::ledger::SigningKey;

/// Draws a signing key and writes both halves.
pub(super) fn new(file: &Path) -> anyhow::Result<ExitCode> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).context("cannot draw a signing key from the system")?;
    let signing = SigningKey::new(&secret);
    let public = public_file(file);
    anyhow::ensure!(!public.exists(), "`{}` exists already; name another file", public.display());
    key::write_new(file, &signing.to_text()).with_context(|| format!("cannot write the key `{}`", file.display()))?;
    std::fs::write(&public, signing.public().to_text())
        .with_context(|| format!("cannot write the key `{}`", public.display()))?;
    say(&format!(
        "`{}`: signs records; keep it secret, and not beside the ledger\n`{}`: checks them; for whoever verifies\n",
        file.display(),
        public.display()
    ))
}

fn public_file(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}
