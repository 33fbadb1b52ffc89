//! One row of a list, applied: its status, the facts it waits for, its evidence, and what must be said with it.

use crate::model::{Bilingual, Category, Exemption, Status};
use crate::pack::{About, PersonsSpec};
use crate::tally::Totals;

use super::RowOutcome;
use super::evidence::evidence;
use super::outlook::outlook;
use super::reading::{Reach, subject};
use super::verdict::{Bench, Judged};
use super::world::{Fact, Speech, World};

/// Applies a row. `worlds` are all that the facts leave open, with what each list speaks of there.
pub(super) fn apply(
    bench: &Bench<'_>,
    judged: &Judged<'_>,
    totals: &Totals,
    worlds: &[(World<'_>, Vec<Speech>)],
) -> RowOutcome {
    let row = judged.row;
    let speaks: Vec<bool> = worlds.iter().map(|(world, speeches)| judged.speaks(world, speeches)).collect();
    let missing = missing(bench, worlds, &speaks);
    let status = status(bench, judged, &speaks, !missing.is_empty());
    let rests = !matches!(status, Status::NotReached | Status::UnknownText);
    let (evidence, more) = if rests { evidence(totals, subject(row, judged.sensitive)) } else { (Vec::new(), 0) };
    let bound = row.persons.as_ref().map(PersonsSpec::bound);
    let silent = speaks.iter().all(|speaks| !speaks);
    let outlook = outlook(bench, judged, totals);
    RowOutcome {
        id: row.id.clone(),
        clause: row.clause.clone(),
        title: row.title.clone(),
        text: row.text.clone(),
        source: row.source.clone(),
        category: Category::from(row.category),
        procedure: row.procedure.clone(),
        status,
        certain: silent || (status != Status::UnknownText && judged.reading.certain),
        measured: outlook.filter(|_| bench.is_exempt(row)).map(|outlook| outlook.to_date).or(judged.reading.figures),
        outlook,
        op: bound.map(|(op, _)| op),
        threshold: bound.map(|(_, threshold)| threshold),
        below: row.persons.as_ref().and_then(|persons| persons.below),
        missing_facts: if status == Status::NeedsFacts { missing } else { Vec::new() },
        evidence,
        remark: remark(bench, judged, status, more),
        flag: row.flag,
    }
}

/// The missing facts of which one value makes the row speak and another does not.
fn missing(bench: &Bench<'_>, worlds: &[(World<'_>, Vec<Speech>)], speaks: &[bool]) -> Vec<String> {
    let worlds: Vec<(&World<'_>, bool)> = worlds.iter().map(|(world, _)| world).zip(speaks.iter().copied()).collect();
    let decides = |fact: Fact| {
        worlds
            .iter()
            .filter(|(_, speaks)| *speaks)
            .any(|(world, _)| worlds.iter().any(|(other, speaks)| !speaks && world.is_apart_only_in(other, fact)))
    };
    Fact::ALL
        .into_iter()
        .filter(|fact| fact.is_missing(bench.facts) && decides(*fact))
        .map(|fact| fact.path().to_owned())
        .collect()
}

fn status(bench: &Bench<'_>, judged: &Judged<'_>, speaks: &[bool], waits: bool) -> Status {
    let silent = speaks.iter().all(|speaks| !speaks);
    match judged.reading.reach {
        _ if silent => Status::NotReached,
        _ if judged.row.unknown_text => Status::UnknownText,
        Reach::No => Status::NotReached,
        _ if bench.is_exempt(judged.row) => Status::Exempt,
        _ if waits => Status::NeedsFacts,
        Reach::Maybe => Status::Uncertain,
        Reach::Yes => Status::Reached,
    }
}

/// Joins what must be said of the row as it stands.
fn remark(bench: &Bench<'_>, judged: &Judged<'_>, status: Status, more: usize) -> Option<Bilingual> {
    let row = judged.row;
    let mut said: Vec<Bilingual> = Vec::new();
    let bears = !matches!(status, Status::NotReached | Status::UnknownText);
    let claims = &bench.facts.exemptions;
    if row.declared && bench.facts.important_data == Some(true) {
        said.push(Bilingual::new("依据：数据处理者自行申明", "rests on: the exporter's own declaration"));
    }
    if let Some(term) = row.kinds.as_ref().and_then(|kinds| kinds.open_term.as_ref()).filter(|_| bears) {
        said.push(term.clone());
    }
    let industry_fits = bench.facts.industry.is_none_or(|industry| row.industry.is_none_or(|of| of == industry));
    if judged.reading.excluded && industry_fits {
        said.push(Bilingual::new(
            "数据中含有本条所排除的字段（如真实姓名、联系方式），本条不适用；改按全国规定判断",
            "the data hold what this row excludes (a real name, contact details), so it does not fit and the national \
             rules are asked instead",
        ));
    }
    if status == Status::Exempt {
        said.push(Bilingual::new(
            "已主张豁免；是否确属必需，数据本身无法显示",
            "an exemption is claimed; whether the export is really needed for it, the data cannot show",
        ));
    }
    said.extend(year_remarks(bench, judged, bears));
    if row.about == About::Personal && bears && claims.contains(&Exemption::NoPersonalData) {
        said.push(Bilingual::new(
            "主张第三条（不含个人信息），但扫描发现了个人信息，该主张不成立",
            "art. 3 (no personal information) is claimed, but personal information was found: the claim does not hold",
        ));
    }
    if judged.reading.unattributed > 0 && status != Status::UnknownText {
        let rows = judged.reading.unattributed;
        said.push(Bilingual::new(
            format!("另有 {rows} 行个人信息无法归属到具体自然人，按最多每行一人计入上限"),
            format!(
                "{rows} further rows are about persons that nothing tells apart; the upper bound takes each for one"
            ),
        ));
    }
    if more > 0 {
        said.push(Bilingual::new(format!("另有 {more} 处依据未列出"), format!("{more} more places are not shown")));
    }
    said.extend(row.limits.clone());
    join(&said)
}

/// What must be said of a row that counts the persons of the year.
fn year_remarks(bench: &Bench<'_>, judged: &Judged<'_>, bears: bool) -> Vec<Bilingual> {
    let row = judged.row;
    let mut said = Vec::new();
    if bears && judged.of_year && bench.is_exempt(row) {
        said.push(Bilingual::new(
            "所示人数为当年累计，不含本次数据中的自然人",
            "the number shown is that of the year, without the persons of the data at hand",
        ));
    }
    if judged.reading.nobody_at_hand {
        said.push(Bilingual::new(
            "当年累计已达到本条数量，但本次数据不含个人信息，本条不涉及本次出境",
            "the year's count reaches this number, but the data at hand say nothing of a person, so the row does not \
             concern this export",
        ));
    }
    let zone_list_claimed = bench.facts.exemptions.contains(&Exemption::ZoneList);
    if row.about == About::Personal && bears && zone_list_claimed {
        said.push(Bilingual::new(
            "主张第六条（负面清单外的数据），但本条已达到或者不能排除的，数据即在清单之内，该主张不成立",
            "art. 6 (data that the list leaves free) is claimed; where this row is reached or open, the list does not \
             leave them free and the claim does not hold",
        ));
    }
    said
}

fn join(said: &[Bilingual]) -> Option<Bilingual> {
    let each =
        |language: fn(&Bilingual) -> &str, between: &str| said.iter().map(language).collect::<Vec<_>>().join(between);
    (!said.is_empty()).then(|| Bilingual::new(each(|one| &one.zh, "；"), each(|one| &one.en, "; ")))
}
