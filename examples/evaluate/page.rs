//! `docs/accuracy.md`: how well detection does, and by what.

use std::fmt::Write as _;

use crate::benchmark::Half;
use crate::benchmark::score::{Answers, Score};
use crate::labels::Outcome;
use crate::others::Report;

/// Classes whose values have a check digit or an equally strict form: what the claim of 0.99 is about.
pub(crate) const CHECKED: [&str; 6] = [
    "identity.resident_id",
    "identity.residence_permit",
    "org.uscc",
    "vehicle.vin",
    "finance.bank_card",
    "contact.email",
];

/// The head of the part about other tools.
const OTHERS: &str = "## What else could be used";

/// What stands above the figures: kept by hand.
const INTRODUCTION: &str = include_str!("introduction.md");

/// All of the page.
pub(crate) fn page(scores: &[(Half, Score)], corpus: Option<&[Outcome]>, others: &[Report]) -> String {
    let mut page = format!("{INTRODUCTION}{}", figures(scores));
    if let Some(outcomes) = corpus {
        labels(&mut page, outcomes);
    }
    if !others.is_empty() {
        side_by_side(&mut page, scores, others);
    }
    page
}

/// What the tables alone decide.
pub(crate) fn figures(scores: &[(Half, Score)]) -> String {
    let mut page = String::new();
    summary(&mut page, scores);
    for (half, score) in scores.iter().filter(|(half, _)| *half == Half::HeldOut) {
        classes(&mut page, *half, score);
        confusion(&mut page, score);
        mistakes(&mut page, score);
    }
    page
}

pub(crate) fn is_checked(class: &str) -> bool {
    CHECKED.contains(&class)
}

fn summary(page: &mut String, scores: &[(Half, Score)]) {
    page.push_str("\n## In short\n\n| | ");
    for (half, _) in scores {
        let _ = write!(page, "`{}` | ", half.id());
    }
    page.push_str("\n|---|");
    page.push_str(&"---:|".repeat(scores.len()));
    let mut row = |name: &str, figure: &dyn Fn(&Score) -> String| {
        let figures: Vec<String> = scores.iter().map(|(_, score)| figure(score)).collect();
        let _ = write!(page, "\n| {name} | {} |", figures.join(" | "));
    };
    row("tables", &|score| score.tables.to_string());
    row("column F1, classes with a check, together", &|score| three(score.micro(is_checked).f1()));
    row("column F1, classes with a check, the least", &|score| three(least(score)));
    row("column F1, all other classes, mean over classes", &|score| three(score.macro_f1(|class| !is_checked(class))));
    row("column F1, all classes, mean over columns", &|score| three(score.micro(|_| true).f1()));
    row("object F1, mean over classes", &|score| three(score.objects_macro_f1()));
    row("tables with nothing to find", &|score| score.decoys.to_string());
    row("of them with a finding above low confidence", &|score| score.wrong_decoys.to_string());
    row("tables whose persons are counted exactly", &|score| format!("{} of {}", score.right_counts, score.counts));
    page.push('\n');
}

/// The least F1 of a class with a check.
pub(crate) fn least(score: &Score) -> f64 {
    let f1 = score.columns.iter().filter(|(class, _)| is_checked(class)).map(|(_, answers)| answers.f1());
    f1.fold(1.0, f64::min)
}

fn three(figure: f64) -> String {
    format!("{figure:.3}")
}

fn classes(page: &mut String, half: Half, score: &Score) {
    let _ = write!(
        page,
        "\n## Class by class, `{}`\n\nRight, wrong and missed are columns; for classes of whole rows, and in the last \
         column, objects.\n\n| class | right | wrong | missed | precision | recall | F1 | object F1 |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|",
        half.id()
    );
    for (class, of_objects) in &score.objects {
        let answers = score.columns.get(class).copied().unwrap_or(*of_objects);
        let Answers { right, wrong, missed } = answers;
        let _ = write!(
            page,
            "\n| `{class}` | {right} | {wrong} | {missed} | {} | {} | {} | {} |",
            three(answers.precision()),
            three(answers.recall()),
            three(answers.f1()),
            three(of_objects.f1())
        );
    }
    page.push('\n');
}

fn confusion(page: &mut String, score: &Score) {
    page.push_str("\n## What was taken for what\n\n| is | was said to be | columns |\n|---|---|---:|");
    for ((is, said), n) in &score.confusion {
        let name = |class: &str| if class == "-" { "nothing".to_owned() } else { format!("`{class}`") };
        let _ = write!(page, "\n| {} | {} | {n} |", name(is), name(said));
    }
    page.push('\n');
}

fn mistakes(page: &mut String, score: &Score) {
    page.push_str("\n<details><summary>Every mistake</summary>\n\n");
    for mistake in &score.mistakes {
        let _ = writeln!(page, "- {mistake}");
    }
    page.push_str("\n</details>\n");
}

fn labels(page: &mut String, outcomes: &[Outcome]) {
    let wrong: usize = outcomes.iter().map(|outcome| outcome.wrong.len()).sum();
    let _ = write!(
        page,
        "\n## Data that others wrote\n\nThe labelled files and folders of the development corpus whose formats are read: \
         {} paths, {wrong} statements that do not hold.\n\n| path | classes that must be found | persons or vehicles, \
         true | counted | holds |\n|---|---:|---:|---:|---|",
        outcomes.len()
    );
    for outcome in outcomes {
        let (is, counted) = outcome
            .subjects
            .map_or(("-".to_owned(), "-".to_owned()), |(is, counted)| (is.to_string(), counted.to_string()));
        let holds = if outcome.wrong.is_empty() { "yes".to_owned() } else { outcome.wrong.join("; ") };
        let _ = write!(page, "\n| {} | {} | {is} | {counted} | {holds} |", outcome.path, outcome.has);
    }
    page.push('\n');
}

/// What a page that was written before says of other tools.
pub(crate) fn others_of(page: &str) -> String {
    page.find(OTHERS).map_or(String::new(), |at| format!("\n{}", &page[at..]))
}

/// Every tool over the held-out half: over all classes, and over those that it has a name for.
fn side_by_side(page: &mut String, scores: &[(Half, Score)], others: &[Report]) {
    page.push_str(
        "\n## What else could be used\n\nColumns of `held_out`. The first pair of figures is over every class of the \
         benchmark; the second over the classes that the tool has a name for. Decoys are tables with nothing to \
         find. No other tool counts persons or knows what rows are. The other tools, and who wrote forms of values for \
         them, have not looked at `held_out`: the figures of exportscan to set beside theirs are those at first sight, above.\n\n| tool | precision | recall | F1 | own classes | \
         F1 over them | exportscan over them | wrong decoys |\n|---|---:|---:|---:|---:|---:|---:|---:|",
    );
    let ours = scores.iter().find(|(half, _)| *half == Half::HeldOut).map(|(_, score)| score);
    let Some(ours) = ours else { return };
    let mut row = |name: &str, score: &Score, own: &dyn Fn(&str) -> bool, n_own: String| {
        let all = score.micro(|_| true);
        let _ = write!(
            page,
            "\n| {name} | {} | {} | {} | {n_own} | {} | {} | {} of {} |",
            three(all.precision()),
            three(all.recall()),
            three(all.f1()),
            three(score.micro(own).f1()),
            three(ours.micro(own).f1()),
            score.wrong_decoys,
            score.decoys
        );
    };
    row("exportscan", ours, &|_| true, "all".to_owned());
    for report in others {
        let name = format!("{} {}", report.tool, report.version);
        let own = |class: &str| report.classes.contains(class);
        row(&name, &report.score(Half::HeldOut), &own, report.classes.len().to_string());
    }
    page.push_str("\n\nHow each was called:\n");
    for report in others {
        let _ = write!(page, "\n- **{}**: {} ({:.0} s)", report.tool, report.configuration, report.seconds);
    }
    page.push_str(
        "\n\nThe scripts, and how to run them, are in [examples/evaluate/others](../examples/evaluate/others/README.md).\n",
    );
}
