//! How much memory keys of persons may take: as typed, or a quarter of the machine's.

use std::path::Path;
use std::sync::Arc;

use crate::count::Room;

/// What is allowed where the machine does not tell its memory.
const UNTOLD_BYTES: u64 = 1 << 30;

/// Of the machine's memory, so much is used: others run beside.
const SHARE: u64 = 4;

/// The room for keys of persons, with temporary files where the environment (`TMPDIR`) wants them.
pub(super) fn room(asked: Option<u64>) -> Arc<Room> {
    let bytes = asked.unwrap_or_else(|| machine_bytes().map_or(UNTOLD_BYTES, |bytes| bytes / SHARE));
    Room::new(bytes, &std::env::temp_dir())
}

/// The memory of the machine, or of the container that the process is kept in.
fn machine_bytes() -> Option<u64> {
    let machine = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
    });
    let number = |path: &str| std::fs::read_to_string(Path::new(path)).ok()?.trim().parse::<u64>().ok();
    let limits = [number("/sys/fs/cgroup/memory.max"), number("/sys/fs/cgroup/memory/memory.limit_in_bytes")];
    limits.into_iter().chain([machine]).flatten().min()
}

/// A size such as `2GiB`, `500MB`, `64m` or a number of bytes.
pub(super) fn parse_size(given: &str) -> Result<u64, String> {
    let digits = given.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let unit = given.get(digits.len()..).unwrap_or_default().trim().to_ascii_lowercase();
    let (letter, is_decimal) = match unit.as_str() {
        "" | "b" => ("", false),
        unit => {
            unit.strip_suffix("ib").map_or_else(|| (unit.trim_end_matches('b'), unit.ends_with('b')), |l| (l, false))
        }
    };
    let power = (0..).zip(["", "k", "m", "g", "t"]).find(|(_, known)| *known == letter);
    let unit = power.map(|(power, _)| if is_decimal { 1000_f64 } else { 1024_f64 }.powi(power));
    let bytes = digits.parse::<f64>().ok().zip(unit).map(|(n, unit)| n * unit).filter(|bytes| *bytes >= 1.0);
    bytes.map(|bytes| bytes as u64).ok_or_else(|| "not a size; give one such as `2GiB` or `500MB`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_size;

    #[test]
    fn sizes() {
        let cases = [
            ("1", Some(1)),
            ("2GiB", Some(2 << 30)),
            ("2g", Some(2 << 30)),
            ("500MB", Some(500_000_000)),
            ("1.5 KiB", Some(1536)),
            ("64k", Some(64 << 10)),
            ("1TiB", Some(1 << 40)),
            ("", None),
            ("GiB", None),
            ("-1", None),
            ("2 GiBs", None),
            ("nan", None),
        ];
        for (given, bytes) in cases {
            assert_eq!(parse_size(given).ok(), bytes, "{given}");
        }
    }
}
