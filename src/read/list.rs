//! Walks folders, files, globs and places into a sorted list of objects.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::{Access, ObjectRef, Origin, io_cause, remote};
use crate::model::{Problem, ProblemCode};

/// The objects that targets led to, sorted by URI, each once, and what could not be walked.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The objects.
    pub objects: Vec<ObjectRef>,
    /// What could not be walked.
    pub problems: Vec<Problem>,
}

/// Walks the targets: files, folders, and globs (`*`, `**`, `?`, `[a-z]`, `{a,b}`). A path that exists is not taken for a
/// glob. Everything in a folder counts, hidden or not, and symbolic links are followed.
///
/// A file that several targets or links lead to counts once, under its least URI. The order of targets does not matter.
pub fn list(targets: &[String]) -> Listing {
    list_with(targets, &Access::default())
}

/// The same with places, such as `s3://bucket/prefix`, reached in a certain way.
pub fn list_with(targets: &[String], access: &Access) -> Listing {
    let mut targets = targets.to_vec();
    targets.sort_unstable();
    targets.dedup();
    let mut walk = Walk::default();
    let mut sorted = Vec::new();
    for target in &targets {
        match remote::find(target, access) {
            Some(found) => walk.remote(found),
            None => sorted.push(tidy(Path::new(target))),
        }
    }
    sorted.sort_by_key(|target| order(target, target.is_dir()));
    sorted.dedup();
    for target in &sorted {
        walk.target(target);
    }
    walk.problems.sort_unstable();
    walk.problems.dedup();
    let mut objects: Vec<ObjectRef> = walk.objects.into_values().chain(walk.remote.into_values()).collect();
    objects.sort_by(|a, b| (&a.uri, a.origin.path()).cmp(&(&b.uri, b.origin.path())));
    Listing { objects, problems: walk.problems }
}

/// The path without `.` parts and doubled slashes; `.` itself becomes empty.
fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

fn uri(path: &Path) -> String {
    let path = tidy(path);
    let shown = path.to_string_lossy();
    match shown.as_ref() {
        "" => ".".to_owned(),
        shown if cfg!(windows) => shown.replace('\\', "/"),
        shown => shown.to_owned(),
    }
}

/// What a path is sorted by: in a walk sorted by it, files come in the order of their URIs.
fn order(path: &Path, is_folder: bool) -> OsString {
    let mut key = path.as_os_str().to_owned();
    if is_folder {
        key.push("/");
    }
    key
}

/// Over so many ways a pattern may lead into one folder.
const MAX_WAYS: u32 = 8;

#[derive(Default)]
struct Walk {
    /// What was found, by where it really is.
    objects: BTreeMap<PathBuf, ObjectRef>,
    /// How often folders were entered without a pattern, and with the present one, by where they really are.
    entered: [HashMap<PathBuf, u32>; 2],
    /// What was found in places, by URI.
    remote: BTreeMap<String, ObjectRef>,
    problems: Vec<Problem>,
}

impl Walk {
    fn remote(&mut self, found: Listing) {
        self.problems.extend(found.problems);
        for object in found.objects {
            self.remote.entry(object.uri.clone()).or_insert(object);
        }
    }

    fn problem(&mut self, code: ProblemCode, path: &Path, message: &str) {
        self.problems.push(Problem::new(code, uri(path), message));
    }

    fn target(&mut self, target: &Path) {
        let path = if target.as_os_str().is_empty() { Path::new(".") } else { target };
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.walk(path, None);
            }
            Ok(metadata) => self.file(path, &metadata),
            Err(error) if fs::symlink_metadata(path).is_ok() => {
                self.problem(ProblemCode::ObjectUnreadable, path, &io_cause(&error));
            }
            Err(error) => match Pattern::new(target) {
                Some(Ok(pattern)) => self.glob(target, &pattern),
                Some(Err(message)) => self.problem(ProblemCode::ObjectMissing, path, &message),
                None if error.kind() == std::io::ErrorKind::PermissionDenied => {
                    self.problem(ProblemCode::ObjectUnreadable, path, &io_cause(&error));
                }
                None => self.problem(ProblemCode::ObjectMissing, path, &io_cause(&error)),
            },
        }
    }

    fn glob(&mut self, target: &Path, pattern: &Pattern) {
        if let Some(by_way) = self.entered.last_mut() {
            by_way.clear();
        }
        let (n_objects, n_problems) = (self.objects.len(), self.problems.len());
        let base = if pattern.base.as_os_str().is_empty() { Path::new(".") } else { &pattern.base };
        let found = base.is_dir() && self.walk(base, Some(pattern));
        if !found && self.objects.len() == n_objects && self.problems.len() == n_problems {
            self.problem(ProblemCode::ObjectMissing, target, "nothing matches the pattern");
        }
    }

    /// Walks a folder; with a pattern, what matches it and what is below such. Tells whether anything did.
    fn walk(&mut self, folder: &Path, pattern: Option<&Pattern>) -> bool {
        let mut found = false;
        let mut entries = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_key(|entry| order(Path::new(entry.file_name()), entry.file_type().is_dir()))
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unwalkable(&error);
                    continue;
                }
            };
            let matches = pattern.is_none_or(|pattern| pattern.matches(&tidy(entry.path())));
            found |= matches;
            if entry.file_type().is_dir() {
                let below = matches || pattern.is_none_or(|pattern| pattern.may_match_below(&entry));
                if !below || !self.enter(entry.path(), pattern.is_some()) {
                    entries.skip_current_dir();
                }
            } else if matches {
                match entry.metadata() {
                    Ok(metadata) => self.file(entry.path(), &metadata),
                    Err(error) => self.unwalkable(&error),
                }
            }
        }
        found
    }

    /// Whether to go into a folder. Without a pattern it is walked whole, so that once is enough; whether a pattern
    /// matches depends on the way there, but links between folders could multiply the ways beyond measure.
    fn enter(&mut self, folder: &Path, by_pattern: bool) -> bool {
        let [whole, by_way] = &mut self.entered;
        let (entered, limit) = if by_pattern { (by_way, MAX_WAYS) } else { (whole, 1) };
        let Ok(place) = fs::canonicalize(folder) else {
            return true;
        };
        let n = entered.entry(place).or_default();
        *n += 1;
        let enters = *n <= limit;
        if !enters && by_pattern {
            self.problem(ProblemCode::FolderLoop, folder, "reached over too many links");
        }
        enters
    }

    fn unwalkable(&mut self, error: &walkdir::Error) {
        let path = error.path().unwrap_or(Path::new("")).to_owned();
        if let Some(above) = error.loop_ancestor() {
            self.problem(ProblemCode::FolderLoop, &path, &format!("leads back to `{}`", uri(above)));
            return;
        }
        let cause = error.io_error().map_or_else(|| "cannot be walked".to_owned(), io_cause);
        let code = if path.is_dir() { ProblemCode::FolderUnreadable } else { ProblemCode::ObjectUnreadable };
        self.problem(code, &path, &cause);
    }

    fn file(&mut self, path: &Path, metadata: &Metadata) {
        if !metadata.is_file() {
            self.problem(ProblemCode::ObjectUnreadable, path, "a socket, pipe or device, not a file");
            return;
        }
        let object = ObjectRef { uri: uri(path), origin: Origin::file(path), bytes: metadata.len() };
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.objects
            .entry(place)
            .and_modify(|known| {
                if object.uri < known.uri {
                    known.clone_from(&object);
                }
            })
            .or_insert(object);
    }
}

/// A glob, and where to look for what matches it.
pub(super) struct Pattern {
    /// The folder above all that can match.
    base: PathBuf,
    matcher: GlobMatcher,
    /// How deep below the base a match can be; `None` where at any depth.
    depth: Option<usize>,
}

impl Pattern {
    /// `None` where there is nothing of a glob in the target, and the cause where the glob is not valid.
    pub(super) fn new(target: &Path) -> Option<Result<Self, String>> {
        let text = target.to_str()?;
        let is_glob = |part: &str| part.contains(['*', '?', '[', '{']);
        if !is_glob(text) {
            return None;
        }
        let base: PathBuf =
            target.components().take_while(|part| !part.as_os_str().to_str().is_some_and(is_glob)).collect();
        let below = target.components().count() - base.components().count();
        let depth = (!text.contains("**") && !text.contains('{')).then_some(below);
        let glob = GlobBuilder::new(text).literal_separator(true).build();
        Some(match glob {
            Ok(glob) => Ok(Self { base, matcher: glob.compile_matcher(), depth }),
            Err(error) => Err(format!("not a valid pattern: {}", error.kind().to_string().to_lowercase())),
        })
    }

    /// Whether a path matches, or is below one that does.
    pub(super) fn matches(&self, path: &Path) -> bool {
        path.ancestors().any(|path| !path.as_os_str().is_empty() && self.matcher.is_match(path))
    }

    /// The folder above all that can match.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    fn may_match_below(&self, entry: &DirEntry) -> bool {
        self.depth.is_none_or(|depth| entry.depth() < depth)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::list;
    use crate::model::ProblemCode;

    /// Files `names` in a new folder; a name ending in `/` is a folder, `a -> b` a link.
    fn tree(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in names {
            if let Some((link, to)) = name.split_once(" -> ") {
                let link = folder.path().join(link);
                fs::create_dir_all(link.parent().expect("a parent")).expect("a folder");
                std::os::unix::fs::symlink(to, link).expect("a link");
            } else if name.ends_with('/') {
                fs::create_dir_all(folder.path().join(name)).expect("a folder");
            } else {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
                fs::write(path, "x").expect("a file");
            }
        }
        folder
    }

    fn check(names: &[&str], targets: &[&str], objects: &[&str], problems: &[(&str, ProblemCode)]) {
        let folder = tree(names);
        let base = folder.path().to_str().expect("utf-8").to_owned();
        let mut targets: Vec<String> = targets.iter().map(|target| format!("{base}/{target}")).collect();
        for _ in 0..2 {
            let listing = list(&targets);
            let strip = |uri: &str| uri.strip_prefix(&format!("{base}/")).unwrap_or(uri).to_owned();
            let found: Vec<String> = listing.objects.iter().map(|object| strip(&object.uri)).collect();
            assert_eq!(found, objects, "{names:?} {targets:?}");
            let found: Vec<(String, ProblemCode)> =
                listing.problems.iter().map(|problem| (strip(&problem.object), problem.code)).collect();
            let expected: Vec<(String, ProblemCode)> =
                problems.iter().map(|(uri, code)| ((*uri).to_owned(), *code)).collect();
            assert_eq!(found, expected, "{names:?} {targets:?}");
            targets.reverse();
        }
    }

    #[test]
    fn lists() {
        let names = ["b/x.csv", "a/y.csv", "a/.hidden", "a-b/z.csv", "top.txt", "空/数据 1.csv"];
        let all = ["a-b/z.csv", "a/.hidden", "a/y.csv", "b/x.csv", "top.txt", "空/数据 1.csv"];
        check(&names, &[""], &all, &[]);
        check(&names, &["./a//", "a/y.csv"], &["a/.hidden", "a/y.csv"], &[]);
        check(&names, &["*.txt"], &["top.txt"], &[]);
        check(&names, &["*/*.csv"], &["a-b/z.csv", "a/y.csv", "b/x.csv", "空/数据 1.csv"], &[]);
        check(&names, &["**/*.csv"], &["a-b/z.csv", "a/y.csv", "b/x.csv", "空/数据 1.csv"], &[]);
        check(&names, &["{a,b}/?.csv"], &["a/y.csv", "b/x.csv"], &[]);
        check(&names, &["a*"], &["a-b/z.csv", "a/.hidden", "a/y.csv"], &[]);
        check(&names, &["c*"], &[], &[("c*", ProblemCode::ObjectMissing)]);
        check(&names, &["gone"], &[], &[("gone", ProblemCode::ObjectMissing)]);
        check(&names, &["[a"], &[], &[("[a", ProblemCode::ObjectMissing)]);
        check(&["a[1].csv", "a1.csv"], &["a[1].csv"], &["a[1].csv"], &[]);
        check(&["empty/"], &["empty", "empty/*"], &[], &[("empty/*", ProblemCode::ObjectMissing)]);
    }

    #[test]
    fn follows_links_once() {
        check(&["a/x", "a/up -> .."], &[""], &["a/x"], &[("a/up", ProblemCode::FolderLoop)]);
        check(&["z/x", "a -> z"], &[""], &["a/x"], &[]);
        check(&["z/x", "a -> z"], &["z", "a"], &["a/x"], &[]);
        check(&["b.csv", "a.csv -> b.csv"], &["b.csv", "a.csv"], &["a.csv"], &[]);
        check(&["a -> gone"], &[""], &[], &[("a", ProblemCode::ObjectUnreadable)]);
        check(&["a -> gone"], &["a"], &[], &[("a", ProblemCode::ObjectUnreadable)]);
    }

    #[test]
    fn folders_that_link_to_each_other_end() {
        let mut names = vec!["l30/x".to_owned()];
        for level in 0..30 {
            names.push(format!("l{level}/a -> ../l{}", level + 1));
            names.push(format!("l{level}/b -> ../l{}", level + 1));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let folder = tree(&names);
        let listing = list(&[folder.path().to_string_lossy().into_owned()]);
        assert_eq!(listing.objects.len(), 1);
        let listing = list(&[folder.path().join("**/x").to_string_lossy().into_owned()]);
        assert_eq!(listing.objects.len(), 1);
    }

    #[test]
    fn pipes_do_not_hang() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s")).expect("a socket");
        let listing = list(&[folder.path().to_string_lossy().into_owned()]);
        assert_eq!(listing.objects.len(), 0);
        assert_eq!(listing.problems.first().map(|problem| problem.code), Some(ProblemCode::ObjectUnreadable));
    }

    #[test]
    fn names_that_are_not_utf8_are_opened() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let name = std::ffi::OsStr::from_bytes(b"\xc4\xe3.csv");
        if fs::write(folder.path().join(name), "x").is_err() {
            return;
        }
        let listing = list(&[folder.path().to_string_lossy().into_owned()]);
        let object = listing.objects.first().expect("one object");
        assert!(object.uri.ends_with("\u{fffd}\u{fffd}.csv"), "{}", object.uri);
        assert_eq!(fs::read(object.origin.path().expect("a file")).expect("readable"), b"x");
    }
}
