//! The house rules that a compiler does not know.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use exportscan::pack;
use source::SourceFile;

/// No file of the library is longer.
const LINES_AT_MOST: usize = 700;

/// No file of the repository is larger: others' data and programs have no place in it.
const FILE_BYTES_AT_MOST: u64 = 1 << 20;

/// Who may name Arrow and who may name Parquet: a change of version must not reach the others.
const MAY_NAME_ARROW: &[&str] = &["read", "detect", "scan", "tally", "report", "demo"];
const MAY_NAME_PARQUET: &[&str] = &["read", "report", "demo"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder`, by its path from the root, sorted.
fn files(folder: &str) -> Vec<String> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("`{path}`: {error}"))
}

fn sources(folder: &str) -> Vec<SourceFile> {
    let paths =
        files(folder).into_iter().filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "rs"));
    paths.map(|path| SourceFile::new(path.clone(), read(&path))).collect()
}

/// The files of the library that ship, with the top-level module of each.
fn shipped() -> Vec<(String, SourceFile)> {
    let all = sources("src");
    let for_tests: BTreeSet<String> =
        all.iter().flat_map(|file| file.test_modules().into_iter().map(|name| sibling(&file.path, &name))).collect();
    all.into_iter()
        .filter(|file| !for_tests.contains(&file.path))
        .filter_map(|file| Some((top_module(&file.path)?, file)))
        .collect()
}

/// The file of a module `name` that the file at `path` declares.
fn sibling(path: &str, name: &str) -> String {
    let folder = path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix(".rs")).unwrap_or(path);
    format!("{folder}/{name}.rs")
}

fn top_module(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main")).then(|| name.to_owned())
}

/// What `docs/architecture.md` lets each module use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = read("docs/architecture.md");
    let table = text.split("<!-- modules -->").nth(1).expect("the table stands between `<!-- modules -->` marks");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let used = cells[2].split(',').map(|name| name.trim().trim_matches('`').to_owned());
        (cells[0].trim_matches('`').to_owned(), used.filter(|name| name != "-").collect())
    })
    .collect()
}

/// Every top-level module that `code` names by way of `crate::`.
fn named_modules(code: &str) -> BTreeSet<String> {
    code.split("crate::").skip(1).flat_map(first_segments).collect()
}

/// `a` of `a::b`; `a` and `c` of `{a::b, c::{d}}`.
fn first_segments(path: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let Some(group) = path.strip_prefix('{') else {
        return vec![path.chars().take_while(|c| is_name(*c)).collect()];
    };
    let (mut names, mut depth, mut at_start) = (vec![String::new()], 1, true);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                names.push(String::new());
                at_start = true;
            }
            c if is_name(c) && depth == 1 && at_start => names.last_mut().unwrap().push(c),
            c if c.is_whitespace() => {}
            _ => at_start = false,
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for (module, file) in shipped() {
        let Some(may) = allowed.get(&module) else {
            wrong.push(format!("{}: `{module}` is not in the table of docs/architecture.md", file.path));
            continue;
        };
        let used = named_modules(&file.shipped_code());
        let outside = used.iter().filter(|used| **used != module && allowed.contains_key(*used));
        for used in outside.filter(|used| !may.contains("all") && !may.contains(*used)) {
            wrong.push(format!("{}: `{module}` may not use `{used}`", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn table_of_modules_is_a_dag_of_what_is_there() {
    let allowed = allowed();
    let there: BTreeSet<String> = sources("src").iter().filter_map(|file| top_module(&file.path)).collect();
    assert_eq!(there, allowed.keys().cloned().collect(), "modules in src and in the table of docs/architecture.md");
    let mut left = allowed;
    left.retain(|_, used| !used.contains("all"));
    while !left.is_empty() {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, used)| used.iter().all(|used| !left.contains_key(used)))
            .map(|(name, _)| name.clone())
            .collect();
        assert!(!free.is_empty(), "a circle among {:?}", left.keys());
        left.retain(|name, _| !free.contains(name));
    }
}

#[test]
fn no_path_leaves_its_module_by_super() {
    for (_, file) in shipped() {
        let depth = file.path.matches('/').count() - usize::from(file.path.ends_with("/mod.rs"));
        let way_out = "super::".repeat(depth.max(1));
        let code = file.shipped_code();
        assert!(!code.contains(&way_out), "{}: write `crate::` where another module is meant", file.path);
    }
}

#[test]
fn arrow_and_parquet_are_named_where_they_belong() {
    let cases = [
        (MAY_NAME_ARROW, &["arrow_array::", "arrow_buffer::", "arrow_cast::", "arrow_ipc::", "arrow_schema::"][..]),
        (MAY_NAME_PARQUET, &["use parquet::", " ::parquet::"][..]),
    ];
    for (module, file) in shipped() {
        for (may, names) in cases {
            let code = file.shipped_code();
            let named = names.iter().any(|name| code.contains(name));
            assert!(!named || may.contains(&module.as_str()), "{}: only {may:?} may name {names:?}", file.path);
        }
    }
}

#[test]
fn nothing_is_left_undone() {
    let marks =
        [concat!("to", "do!("), concat!("unimpl", "emented!("), concat!("#[ig", "nore"), concat!("#[should", "_panic")];
    let all = ["src", "tests", "benches"].into_iter().flat_map(sources);
    let left: Vec<String> = all
        .flat_map(|file| {
            let found: Vec<&str> = marks.into_iter().filter(|mark| file.code.contains(mark)).collect();
            found.into_iter().map(|mark| format!("{}: `{mark}`", file.path)).collect::<Vec<_>>()
        })
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn files_are_short() {
    for file in sources("src") {
        let n_lines = file.text.lines().count();
        assert!(n_lines <= LINES_AT_MOST, "{}: {n_lines} lines", file.path);
    }
}

#[test]
fn every_file_of_the_repository_is_small() {
    let listed = std::process::Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let Some(listed) = listed.ok().filter(|listed| listed.status.success()) else {
        println!("this is no checkout: nothing is tested");
        return;
    };
    let listed = String::from_utf8(listed.stdout).unwrap();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let bytes = fs::symlink_metadata(root().join(path)).map_or(0, |metadata| metadata.len());
        assert!(bytes <= FILE_BYTES_AT_MOST, "`{path}` has {bytes} bytes");
    }
}

#[test]
fn every_file_is_declared() {
    let all: BTreeMap<String, SourceFile> = sources("src").into_iter().map(|file| (file.path.clone(), file)).collect();
    for path in all.keys().filter(|path| !matches!(path.as_str(), "src/lib.rs" | "src/main.rs")) {
        let module = path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix(".rs")).unwrap();
        let (folder, name) = module.rsplit_once('/').unwrap();
        let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs"), format!("{folder}/lib.rs")];
        let declared = parents
            .iter()
            .filter_map(|parent| all.get(parent))
            .any(|parent| parent.code.contains(&format!("mod {name};")));
        assert!(declared, "{path}: no module declares it");
    }
}

#[test]
fn no_comment_is_code() {
    let is_code = |comment: &str| {
        comment.ends_with(';')
            || comment.ends_with('{')
            || comment == "}"
            || ["let ", "use ", "fn ", "pub ", "#[", "assert", "println!"]
                .iter()
                .any(|start| comment.starts_with(start))
                && comment.contains(['(', '=', ':'])
    };
    for file in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        for (line, comment) in &file.comments {
            assert!(!is_code(comment), "{}:{line}: delete it or say it in words: {comment}", file.path);
        }
    }
}

#[test]
fn every_pack_is_built_in() {
    let embedded: Vec<String> =
        pack::built_in_detectors().into_iter().chain(pack::built_in_rules()).map(|file| file.name).collect();
    let there: Vec<String> = [files("detectors"), files("rules")].concat();
    assert_eq!(embedded.iter().collect::<BTreeSet<_>>(), there.iter().collect::<BTreeSet<_>>());
    assert_eq!(embedded.len(), there.len(), "none twice");
}

#[test]
fn every_golden_file_is_used() {
    let tests: String = sources("tests").into_iter().map(|file| file.text).collect();
    for path in files("tests/golden") {
        let mut parts = path.rsplit('/');
        let stem = parts.next().and_then(|name| name.split('.').next()).unwrap();
        assert!(tests.contains(stem), "{path}: no test names `{stem}`");
    }
}

#[test]
fn nothing_tells_how_it_came_about() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("HA", "CK"),
        concat!("as disc", "ussed"),
        concat!("as requ", "ested"),
        concat!("as per the ", "brief"),
        concat!("the pro", "mpt says"),
        concat!("in this ses", "sion"),
    ];
    let folders = ["src", "tests", "benches", "docs", "detectors", "rules", "fixtures", ".ci"];
    let single = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "Cargo.toml"].map(str::to_owned);
    for path in folders.into_iter().flat_map(files).chain(single) {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for word in words {
            let found =
                text.match_indices(word).any(|(at, _)| !text[at + word.len()..].starts_with(char::is_alphanumeric));
            assert!(!found, "{path}: `{word}`");
        }
    }
}

#[test]
fn tells_first_segments() {
    let cases: [(&str, &[&str]); 4] = [
        ("model::Key;", &["model"]),
        ("{model::Key, read::{a, b}, tally};", &["model", "read", "tally"]),
        ("{\n    model::{\n        A, B,\n    },\n    pack,\n};", &["model", "pack"]),
        ("scan(x)", &["scan"]),
    ];
    for (path, expected) in cases {
        assert_eq!(first_segments(path), expected, "{path}");
    }
}
