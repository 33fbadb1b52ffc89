//! Compares what was found with what is true.

use std::collections::{BTreeMap, BTreeSet};

use super::Table;

/// What some tool says of a table: classes that it would act on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// By column; what stands in the cells of a column belongs to it.
    pub(crate) columns: Vec<BTreeSet<String>>,
    /// Of the rows as a whole.
    pub(crate) records: BTreeSet<String>,
    /// Distinct natural persons; `None` for a tool that does not count them.
    pub(crate) persons: Option<u64>,
}

/// Right and wrong answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    /// Found where it is.
    pub(crate) right: u64,
    /// Found where it is not.
    pub(crate) wrong: u64,
    /// Not found where it is.
    pub(crate) missed: u64,
}

impl Answers {
    /// The share of what was found that is there; 1 where nothing was found.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// The share of what is there that was found; 1 where nothing is there.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// The harmonic mean of the two.
    pub(crate) fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The score of one tool over many tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// Tables that were compared.
    pub(crate) tables: u64,
    /// By class, over columns.
    pub(crate) columns: BTreeMap<String, Answers>,
    /// By class, over objects: what is in any column, and what the rows are.
    pub(crate) objects: BTreeMap<String, Answers>,
    /// How often a column of one class was taken for another; `-` is none.
    pub(crate) confusion: BTreeMap<(String, String), u64>,
    /// Tables in which nothing is to be found.
    pub(crate) decoys: u64,
    /// Those of them in which something was.
    pub(crate) wrong_decoys: u64,
    /// Tables whose persons were to be counted.
    pub(crate) counts: u64,
    /// Those of them that were counted rightly.
    pub(crate) right_counts: u64,
    /// Every mistake, a line each.
    pub(crate) mistakes: Vec<String>,
}

impl Score {
    /// Adds what was found in one table.
    pub(crate) fn add(&mut self, table: &Table, found: &Found) {
        self.tables += 1;
        let (mut truth, mut may) = (set(&table.records), set(&table.may));
        let mut all = found.records.clone();
        for (at, column) in table.columns.iter().enumerate() {
            let said = found.columns.get(at).cloned().unwrap_or_default();
            let (is, accepted) = (set(&column.classes), &set(&column.may) | &set(&table.may));
            self.compare_column(&table.id, &column.header, &is, &accepted, &said);
            truth.extend(is);
            may.extend(accepted);
            all.extend(said);
        }
        add_answers(&mut self.objects, &truth, &may, &all);
        for class in found.records.iter().filter(|class| !truth.contains(*class) && !may.contains(*class)) {
            self.mistakes.push(format!("{}: the rows are not `{class}`", table.id));
        }
        for class in set(&table.records).iter().filter(|class| !all.contains(*class)) {
            self.mistakes.push(format!("{}: the rows are `{class}`", table.id));
        }
        if truth.is_empty() {
            self.decoys += 1;
            self.wrong_decoys += u64::from(all.iter().any(|class| !may.contains(class)));
        }
        if let (Some(persons), Some(counted)) = (table.subjects, found.persons) {
            self.counts += 1;
            self.right_counts += u64::from(persons == counted);
            if persons != counted {
                self.mistakes.push(format!("{}: {counted} persons, not {persons}", table.id));
            }
        }
    }

    fn compare_column(
        &mut self,
        table: &str,
        header: &str,
        is: &BTreeSet<String>,
        accepted: &BTreeSet<String>,
        said: &BTreeSet<String>,
    ) {
        add_answers(&mut self.columns, is, accepted, said);
        let missed: Vec<&String> = is.difference(said).collect();
        let wrong: Vec<&String> =
            said.iter().filter(|class| !is.contains(*class) && !accepted.contains(*class)).collect();
        if missed.is_empty() && wrong.is_empty() {
            return;
        }
        let nothing = "-".to_owned();
        for truth in if missed.is_empty() { vec![&nothing] } else { missed.clone() } {
            for taken in if wrong.is_empty() { vec![&nothing] } else { wrong.clone() } {
                *self.confusion.entry((truth.clone(), taken.clone())).or_default() += 1;
            }
        }
        self.mistakes.push(format!("{table}: column `{header}` misses {missed:?}, is not {wrong:?}"));
    }

    /// The right and wrong answers of all classes that `which` names, together.
    pub(crate) fn micro(&self, which: impl Fn(&str) -> bool) -> Answers {
        let mut all = Answers::default();
        for (_, answers) in self.columns.iter().filter(|(class, _)| which(class)) {
            all.add(*answers);
        }
        all
    }

    /// The mean F1 of the classes that `which` names and that are there.
    pub(crate) fn macro_f1(&self, which: impl Fn(&str) -> bool) -> f64 {
        let classes = self.columns.iter().filter(|(class, answers)| which(class) && answers.right + answers.missed > 0);
        mean(classes.map(|(_, answers)| answers.f1()))
    }

    /// The mean F1 over the classes of whole objects.
    pub(crate) fn objects_macro_f1(&self) -> f64 {
        mean(self.objects.values().filter(|answers| answers.right + answers.missed > 0).map(|answers| answers.f1()))
    }
}

fn mean(figures: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = figures.fold((0.0, 0), |(sum, n), figure| (sum + figure, n + 1));
    sum / f64::from(n.max(1))
}

fn set(classes: &[&'static str]) -> BTreeSet<String> {
    classes.iter().map(|class| (*class).to_owned()).collect()
}

fn add_answers(
    by_class: &mut BTreeMap<String, Answers>,
    is: &BTreeSet<String>,
    accepted: &BTreeSet<String>,
    said: &BTreeSet<String>,
) {
    for class in is.union(said) {
        let answers = by_class.entry(class.clone()).or_default();
        match (is.contains(class), said.contains(class)) {
            (true, true) => answers.right += 1,
            (true, false) => answers.missed += 1,
            (false, _) if !accepted.contains(class) => answers.wrong += 1,
            (false, _) => {}
        }
    }
}
