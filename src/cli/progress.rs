//! A progress bar on stderr, where stderr is a terminal.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::scan::Progress;

/// Objects, bytes, rate and time left.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar for so many bytes in so many objects; hidden unless stderr is a terminal and progress is wanted.
    pub(super) fn new(bytes: u64, objects: u64, quiet: bool) -> Self {
        let hidden = quiet || !std::io::stderr().is_terminal();
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        let template = "{msg}  {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left {wide_bar}";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(format!("0/{objects} objects"));
        if !hidden {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self(bar)
    }

    /// Takes note of what was done; `done` counts the objects over all threads.
    pub(super) fn note(&self, progress: Progress, done: &std::sync::atomic::AtomicU64, objects: u64) {
        match progress {
            Progress::Bytes(bytes) => self.0.inc(bytes),
            Progress::Object => {
                let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                self.0.set_message(format!("{done}/{objects} objects"));
            }
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        self.0.finish_and_clear();
    }
}
