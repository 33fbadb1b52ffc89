//! `exportscan demo`: writes the synthetic data set.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

/// Runs the verb.
pub(super) fn run(dir: &Path) -> anyhow::Result<ExitCode> {
    let occupied = dir.exists() && std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_some());
    anyhow::ensure!(!occupied, "`{}` is not an empty folder; name one that does not exist", dir.display());
    crate::demo::write(dir).with_context(|| format!("cannot write the demo into `{}`", dir.display()))?;
    let shown = dir.display();
    let text = format!("exportscan scan {shown}/outbound --facts {shown}/facts.toml --out {shown}/report\n");
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}
