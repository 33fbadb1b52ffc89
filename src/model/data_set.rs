//! The data set that an object belongs to, in which its own numbers mean something.

use super::Folder;

/// The folder of an object, without the folders that only cut it into parts: those that are named `column=value` or by a
/// date, and archives that are. One that stands between others becomes `*`.
///
/// So `patients/dt=2024-05-01/0.parquet` and `patients/2024/06/0.parquet` belong to `patients`.
pub fn data_set(uri: &str) -> String {
    let Some((folder, _)) = uri.rsplit_once('/') else { return String::new() };
    let mut name = String::with_capacity(folder.len());
    let (mut is_first, mut is_cut, mut dated) = (true, false, false);
    for part in folder.split('/') {
        dated = is_date(part) || dated && is_month_or_day(part);
        if dated || Folder::parse(part).is_some() {
            is_cut = true;
            continue;
        }
        if std::mem::take(&mut is_cut) {
            name.push_str(if is_first { "*" } else { "/*" });
            is_first = false;
        }
        if !std::mem::take(&mut is_first) {
            name.push('/');
        }
        name.push_str(part);
    }
    name
}

/// A year of this century or the last, with or without what divides it: `2024`, `202405`, `2024-05-01`, `2024年5月`, `2024Q1`,
/// `2024-W18`. An archive is named without its extension.
fn is_date(part: &str) -> bool {
    let name = part.strip_suffix('!').map_or(part, |archive| archive.split('.').next().unwrap_or(archive));
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let is_of_a_date =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | 'Q' | 'q' | 'W' | 'T' | '年' | '月' | '日');
    // A longer run of digits without a month is a number.
    let is_month = |month: &str| month.parse::<u8>().map_or(true, |month| (1..=12).contains(&month));
    (name.starts_with("19") || name.starts_with("20"))
        && (4..=14).contains(&digits)
        && name.chars().all(is_of_a_date)
        && name.get(4..6).is_none_or(is_month)
}

/// A month, a day or an hour below the folder of a year.
fn is_month_or_day(part: &str) -> bool {
    let number = part.trim_end_matches(['月', '日', '时']);
    (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::data_set;

    #[test]
    fn a_data_set_is_a_folder_without_what_cuts_it_into_parts() {
        let cases = [
            ("visits.csv", ""),
            ("out/visits.csv", "out"),
            ("/srv/out/clinic/visits.csv", "/srv/out/clinic"),
            ("/visits.csv", ""),
            ("out/dt=2024-05-01/vehicle=1/part-0.parquet", "out"),
            ("out/2024/05/01/a.csv", "out"),
            ("out/2024-05/a.csv", "out"),
            ("out/20240501/a.csv", "out"),
            ("out/2024年5月/a.csv", "out"),
            ("out/2024-05-01.tar.gz!/a.csv", "out"),
            ("out/2024/clinic/a.csv", "out/*/clinic"),
            ("out/2024/05/clinic/dt=1/a.csv", "out/*/clinic"),
            ("2024/a.csv", ""),
            ("2024/clinic/a.csv", "*/clinic"),
            ("/2024/clinic/a.csv", "/*/clinic"),
            // Numbers that are no dates may be whoever the numbers belong to.
            ("out/05/a.csv", "out/05"),
            ("out/1001/a.csv", "out/1001"),
            ("out/2024-report/a.csv", "out/2024-report"),
            ("out/a=/b.csv", "out"),
            ("out/20991231/a.csv", "out"),
            ("out/20993456/a.csv", "out/20993456"),
            ("out/clinic.zip!/a.csv", "out/clinic.zip!"),
        ];
        for (uri, expected) in cases {
            assert_eq!(data_set(uri), expected, "{uri}");
        }
    }
}
