//! The file as TOML, checked entry by entry; every complaint has its line.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::glob::ObjectGlob;
use super::thresholds::{Kind, kind_of};
use super::{Accept, Column, Target, Thresholds, TuneError, Tuning};
use crate::model::{Class, Confidence, ConfigEntry};
use crate::pack::DetectorPack;

/// What `is` says of a column that the law does not speak of.
const NOTHING: &str = "nothing";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accept: Vec<Spanned<AcceptTable>>,
    #[serde(default)]
    column: Vec<Spanned<ColumnTable>>,
    #[serde(default)]
    detector: BTreeMap<String, Spanned<DetectorTable>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptTable {
    object: Option<String>,
    column: Option<String>,
    detector: Option<String>,
    reason: String,
    expires: Datetime,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnTable {
    object: Option<String>,
    column: String,
    is: String,
    role: Option<String>,
    reason: String,
    expires: Option<Datetime>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DetectorTable {
    #[serde(default)]
    off: bool,
    min_share: Option<f64>,
    most: Option<i32>,
    min_rows: Option<u64>,
    needs_header: Option<bool>,
    confidence: Option<Confidence>,
    reason: Option<String>,
}

/// Reads a configuration with this name and text; ids must be those of `packs`.
pub fn parse(name: &str, text: &str, packs: &[(String, DetectorPack)]) -> Result<Tuning, TuneError> {
    let complain = |line, message: String| TuneError { file: name.to_owned(), line, message };
    let line = |start: usize| text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    // Without the excerpt that the error would show: a file that was named by mistake may hold anything.
    let file: File = toml::from_str(text)
        .map_err(|error| complain(error.span().map(|span| line(span.start)), error.message().to_owned()))?;
    let mut tuning = Tuning { file: name.to_owned(), ..Tuning::default() };
    for (id, table) in file.detector {
        let line = line(table.span().start);
        let changed =
            thresholds(line, id, table.into_inner(), packs).map_err(|message| complain(Some(line), message))?;
        tuning.detectors.push(changed);
    }
    tuning.detectors.sort_by_key(|thresholds| thresholds.line);
    let off: Vec<&str> = tuning.detectors.iter().filter(|known| known.off).map(|known| known.id.as_str()).collect();
    for table in file.accept {
        let line = line(table.span().start);
        let accept = accept(line, table.into_inner(), packs).map_err(|message| complain(Some(line), message))?;
        tuning.accepts.push(accept);
    }
    for table in file.column {
        let line = line(table.span().start);
        let column = column(line, table.into_inner(), packs, &off).map_err(|message| complain(Some(line), message))?;
        tuning.columns.push(column);
    }
    Ok(tuning)
}

fn accept(line: usize, table: AcceptTable, packs: &[(String, DetectorPack)]) -> Result<Accept, String> {
    let AcceptTable { object, column, detector, reason, expires } = table;
    if object.is_none() && column.is_none() {
        return Err(match detector {
            None => "an `[[accept]]` entry needs an `object` or a `column`".to_owned(),
            Some(id) => format!(
                "an `[[accept]]` entry needs an `object` or a `column`; `[detector.\"{id}\"]` with `off = true` turns a \
                 detector off everywhere"
            ),
        });
    }
    if let Some(id) = &detector
        && Class::from_id(id).is_none()
        && kind_of(packs, id).is_none()
    {
        return Err(unknown("detector or class", id));
    }
    let entry = entry(line, reason, Some(expires))?;
    Ok(Accept { entry, target: target(object, column)?, detector })
}

fn column(line: usize, table: ColumnTable, packs: &[(String, DetectorPack)], off: &[&str]) -> Result<Column, String> {
    let ColumnTable { object, column, is, role, reason, expires } = table;
    if is == NOTHING && expires.is_none() {
        return Err(
            "`is = \"nothing\"` takes findings away, so it needs `expires`, the last day on which it holds".to_owned()
        );
    }
    if is == NOTHING && role.is_some() {
        return Err("a column that is nothing has no `role`".to_owned());
    }
    if is != NOTHING {
        check_is(packs, &is, off)?;
    }
    let roles: Vec<&str> = packs.iter().flat_map(|(_, pack)| &pack.role).map(|role| role.id.as_str()).collect();
    if let Some(role) = role.as_deref().filter(|role| !roles.contains(role)) {
        return Err(format!("unknown role `{role}`; one of {}", roles.join(", ")));
    }
    let entry = entry(line, reason, expires)?;
    Ok(Column { entry, target: target(object, Some(column))?, is: (is != NOTHING).then_some(is), role })
}

/// Whether a detector can say that a column is this.
fn check_is(packs: &[(String, DetectorPack)], is: &str, off: &[&str]) -> Result<(), String> {
    let cells = || packs.iter().flat_map(|(_, pack)| pack.value.iter().chain(&pack.column));
    let named: Vec<&str> = cells()
        .filter(|spec| spec.id == is || spec.class.is_some_and(|class| class.id() == is))
        .map(|spec| spec.id.as_str())
        .collect();
    if named.iter().any(|id| !off.contains(id)) {
        return Ok(());
    }
    if !named.is_empty() {
        return Err(format!("every detector of `{is}` is off"));
    }
    if Class::from_id(is).is_some() || kind_of(packs, is) == Some(Kind::Record) {
        return Err(format!("`{is}` is what several columns fill together; one column cannot be declared to be it"));
    }
    Err(unknown("class or detector", is))
}

fn thresholds(
    line: usize,
    id: String,
    table: DetectorTable,
    packs: &[(String, DetectorPack)],
) -> Result<Thresholds, String> {
    let DetectorTable { off, min_share, most, min_rows, needs_header, confidence, reason } = table;
    let Some(kind) = kind_of(packs, &id) else { return Err(unknown("detector", &id)) };
    let of_cells = min_share.is_some() || most.is_some() || needs_header.is_some();
    match kind {
        Kind::Record if of_cells => {
            return Err(format!("`{id}` is a record; it has `off`, `min_rows` and `confidence`"));
        }
        Kind::Cell if min_rows.is_some() => {
            return Err(format!(
                "`{id}` is no record; it has `off`, `min_share`, `most`, `needs_header` and `confidence`"
            ));
        }
        Kind::Cell | Kind::Record => {}
    }
    if min_share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err("`min_share` is a share, from 0 to 1".to_owned());
    }
    if most.is_some_and(|most| most < 0) {
        return Err("`most` is 0 or more, in tenths of a decimal digit of odds".to_owned());
    }
    if confidence == Some(Confidence::Low) {
        return Err(
            "findings of low confidence never count; `[[column]]` declares a column, or say `medium` or `high`"
                .to_owned(),
        );
    }
    let thresholds = Thresholds { line, id, off, min_share, most, min_rows, needs_header, confidence, reason };
    if thresholds.settings().is_empty() {
        return Err(format!("`[detector.\"{}\"]` changes nothing", thresholds.id));
    }
    Ok(thresholds)
}

fn unknown(what: &str, id: &str) -> String {
    format!("unknown {what} `{id}`; `exportscan packs list` names them")
}

fn target(object: Option<String>, column: Option<String>) -> Result<Target, String> {
    let object = object.map(|glob| ObjectGlob::new(&glob)).transpose()?;
    Ok(Target { object, column })
}

fn entry(line: usize, reason: String, expires: Option<Datetime>) -> Result<ConfigEntry, String> {
    if reason.trim().is_empty() {
        return Err("`reason` is empty; a report without it cannot be defended".to_owned());
    }
    let expires = expires.map(last_day).transpose()?;
    Ok(ConfigEntry { line, reason, expires })
}

fn last_day(datetime: Datetime) -> Result<Date, String> {
    let day = || -> Option<Date> {
        let date = datetime.date?;
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    };
    day().ok_or_else(|| "`expires` needs a day, such as `2027-06-30`".to_owned())
}
