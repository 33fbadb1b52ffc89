//! `exportscan watch`: scans outbound places again and again, and reads only what has changed.

mod config;
mod notify;
mod pass;
mod state;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::answer;
use super::args::WatchArgs;
use config::Config;
use notify::News;

/// Runs the verb: one pass, or passes without end.
pub(super) fn run(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let Some(every) = args.every else { return pass(args) };
    loop {
        let start = Instant::now();
        if let Err(error) = pass(args) {
            super::complain(&format!("{error:#}"));
        }
        std::thread::sleep(every.saturating_sub(start.elapsed()));
    }
}

fn pass(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let config = Config::load(&args.config)?;
    let pass = pass::pass(&config).inspect_err(|error| {
        // Whoever reads only the log learns of it too; that it cannot be written is less than what went wrong.
        let line = serde_json::json!({ "time": jiff::Timestamp::now().to_string(), "error": format!("{error:#}") });
        let _ = config.notify.log.as_ref().map(|path| notify::append(path, &format!("{line}\n")));
    })?;
    if let Some(out) = &config.report.out {
        answer::write_reports(out, &pass.report, pass.language, start)?;
    }
    let exit = answer::exit_status(&pass.report);
    let news = News::new(&pass, exit, start.elapsed().as_secs_f64())?;
    for error in news.tell(&pass, &config.notify) {
        super::complain(&format!("{error:#}"));
    }
    super::tolerate_closed_pipe(std::io::stdout().lock().write_all(news.summary(&pass).as_bytes()))?;
    Ok(ExitCode::from(exit))
}

/// Reads a time such as `15m` or `1h 30m`.
pub(super) fn parse_every(given: &str) -> Result<Duration, String> {
    let time = given.parse::<jiff::SignedDuration>().ok().filter(|time| *time >= SHORTEST);
    let time = time.and_then(|time| Duration::try_from(time).ok());
    time.ok_or_else(|| "not a time of a second or more; give one such as `15m` or `1h`".to_owned())
}

const SHORTEST: jiff::SignedDuration = jiff::SignedDuration::from_secs(1);
