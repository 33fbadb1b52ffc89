//! What the READMEs say is what the program does: commands, output, tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn path(readme: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)
}

fn exportscan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_exportscan"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What stands between `<!-- MARK -->` and `<!-- /KIND -->`, where the mark begins with the kind.
fn marked<'a>(text: &'a str, mark: &str) -> &'a str {
    let kind = mark.split(':').next().unwrap();
    let (_, after) = text.split_once(&format!("<!-- {mark} -->\n")).unwrap_or_else(|| panic!("no mark `{mark}`"));
    after.split_once(&format!("<!-- /{kind} -->")).unwrap_or_else(|| panic!("`{mark}` has no end")).0
}

/// The text of the fenced block in `marked`.
fn fenced(marked: &str) -> &str {
    let (_, after) = marked.split_once('\n').unwrap();
    after.rsplit_once("```").unwrap().0
}

/// The output up to the heading of its first section.
fn beginning(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let is_rule = |line: &str| !line.is_empty() && line.chars().all(|c| c == '-');
    let end = lines.iter().position(|line| is_rule(line)).map_or(lines.len(), |rule| rule.saturating_sub(1));
    lines[..end].join("\n").trim_end().to_owned() + "\n"
}

#[test]
fn output_is_what_the_command_prints() {
    for readme in READMES {
        let text = fs::read_to_string(path(readme)).unwrap();
        let command = fenced(marked(&text, "command: scan")).trim();
        let arguments: Vec<&str> = command.strip_prefix("cargo run --release -- ").unwrap().split(' ').collect();
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("report");
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|argument| if *argument == "report" { out.to_str().unwrap() } else { argument })
            .collect();
        let output = exportscan(&arguments);
        assert_eq!(output.status.code(), Some(1), "{readme}: {}", String::from_utf8_lossy(&output.stderr));
        for written in ["report.html", "report.json"] {
            assert!(out.join(written).is_file(), "{written}");
        }
        let printed = beginning(&stdout(&output).replace(out.to_str().unwrap(), "report"));
        let shown = fenced(marked(&text, "output: scan"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let block = marked(&text, "output: scan");
            fs::write(path(readme), text.replace(block, &format!("```text\n{printed}```\n"))).unwrap();
        } else {
            assert_eq!(shown, printed, "{readme}: write it anew with UPDATE_GOLDEN=1");
        }
    }
}

#[test]
fn commands_are_those_that_help_names() {
    for readme in READMES {
        let text = fs::read_to_string(path(readme)).unwrap();
        let rows = marked(&text, "table: commands").lines().filter_map(|line| line.strip_prefix("| `exportscan "));
        let commands: Vec<Vec<&str>> = rows
            .map(|row| {
                let words = row.split('`').next().unwrap().split(' ');
                words.take_while(|word| word.chars().all(|c| c.is_ascii_lowercase())).collect()
            })
            .collect();
        let verbs: BTreeSet<&str> = commands.iter().map(|words| words[0]).collect();
        assert_eq!(verbs, subcommands(&stdout(&exportscan(&["--help"]))), "{readme}");
        for verb in verbs {
            let named: BTreeSet<&str> =
                commands.iter().filter(|words| words[0] == verb).filter_map(|words| words.get(1).copied()).collect();
            assert_eq!(named, subcommands(&stdout(&exportscan(&[verb, "--help"]))), "{readme}: `{verb}`");
        }
    }
}

/// The subcommands that a help text lists, without `help` itself.
fn subcommands(help: &str) -> BTreeSet<&'static str> {
    let list = help.split_once("Commands:\n").map_or("", |(_, after)| after.split("\n\n").next().unwrap_or(""));
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(|name| &*name.to_owned().leak()).collect()
}

#[test]
fn options_are_those_that_help_names() {
    let help = stdout(&exportscan(&["scan", "--help"]));
    for readme in READMES {
        let text = fs::read_to_string(path(readme)).unwrap();
        let (_, after) = text.split_once("<!-- /table -->").unwrap();
        let paragraph = after.trim_start().split("\n\n").next().unwrap();
        let options = paragraph.split('`').skip(1).step_by(2).filter(|code| code.starts_with("--"));
        for option in options.map(|code| code.split(' ').next().unwrap()) {
            assert!(
                help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                "{readme}: `{option}`"
            );
        }
    }
}

#[test]
fn exit_statuses_are_those_that_help_names() {
    let help = stdout(&exportscan(&["scan", "--help"]));
    let (_, after) = help.split_once("Exit status").expect("`scan --help` tells the exit statuses");
    let in_help: BTreeSet<u8> = after.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect();
    for readme in READMES {
        let text = fs::read_to_string(path(readme)).unwrap();
        let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok());
        assert_eq!(rows.collect::<BTreeSet<u8>>(), in_help, "{readme}");
    }
}

#[test]
fn both_readmes_have_the_same_shape() {
    let shapes = READMES.map(|readme| {
        let text = fs::read_to_string(path(readme)).unwrap();
        let shape = text.lines().filter_map(|line| {
            let mark = line.starts_with("<!--").then(|| line.to_owned());
            mark.or_else(|| line.starts_with('#').then(|| line.split(' ').next().unwrap().to_owned()))
                .or_else(|| line.starts_with("|---").then(|| line.to_owned()))
        });
        shape.collect::<Vec<_>>()
    });
    assert_eq!(shapes[0], shapes[1]);
}

#[test]
fn demo_is_as_the_readmes_say() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = exportscan::demo::write(folder.path()).unwrap();
    let persons = format!("{},{:03}", manifest.persons / 1000, manifest.persons % 1000);
    for (readme, n_files) in READMES.into_iter().zip(["ten files", "十个文件"]) {
        let text = fs::read_to_string(path(readme)).unwrap();
        assert!(text.contains(&persons) && text.contains(n_files), "{readme}");
        assert_eq!(manifest.objects.len(), 10);
    }
}

#[test]
fn links_lead_somewhere() {
    for readme in READMES {
        let text = fs::read_to_string(path(readme)).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(path(target).exists(), "{readme}: `{target}`");
        }
    }
}
