//! Tallies of shares, whatever the shares, merge into what one scan says; what does not belong together is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use exportscan::count::Room;
use exportscan::key::{Seal, Secret};
use exportscan::model::{Facts, IdentifierKind};
use exportscan::tally::{self, Fold, FoldError, Stamp, StampPart, Tally};
use siphasher::sip128::{Hasher128 as _, SipHasher24};

use crate::support::{Cut, demo, json, tally_of};
use crate::tally::stamp;

fn seal() -> Seal {
    Secret::new([7; 32]).seal()
}

/// Writes each tally into a file of its own.
fn written(tallies: &[Tally], folder: &Path) -> Vec<PathBuf> {
    let write = |(at, tally): (usize, &Tally)| {
        let path = folder.join(format!("{at}.tally"));
        tally::write(tally, &stamp(), &seal(), &path).unwrap();
        path
    };
    tallies.iter().enumerate().map(write).collect()
}

fn folded<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<Tally, FoldError> {
    let seal = seal();
    let room = Room::unbounded();
    let mut fold = Fold::new(&seal, &room);
    paths.into_iter().try_for_each(|path| fold.add(path))?;
    Ok(fold.finish().unwrap().1)
}

#[test]
fn any_split_in_any_order_gives_what_one_scan_gives() {
    let (_guard, demo) = demo();
    let whole = tally_of(&demo, Cut::default());
    let mut uris: Vec<String> = whole.objects.iter().map(|object| object.uri.clone()).collect();
    uris.sort();
    let expected = json(whole.settle().unwrap(), Facts::default());
    let cut = |at: usize| Cut { threads: 1 + at % 3, batch_rows: 100 + at * 900, ..Cut::default() };
    let single: Vec<Tally> = uris.iter().enumerate().map(|(at, uri)| tally_of(Path::new(uri), cut(at))).collect();
    assert_eq!(single.len(), 10);
    for n_shares in [2, 7, 12] {
        let folder = tempfile::tempdir().unwrap();
        let mut shares = vec![Tally::default(); n_shares];
        for (at, tally) in single.iter().enumerate() {
            shares[at * at % n_shares].merge(tally.clone());
            // Every third object is in two shares.
            if at % 3 == 0 {
                shares[(at + 1) % n_shares].merge(tally.clone());
            }
        }
        let paths = written(&shares, folder.path());
        let twice = paths.iter().chain(&paths);
        let merged = [folded(&paths), folded(paths.iter().rev()), folded(twice)];
        for tally in merged {
            assert!(json(tally.unwrap().settle().unwrap(), Facts::default()) == expected, "{n_shares} shares");
        }
    }
}

#[test]
fn tallies_made_otherwise_are_refused_with_what_differs() {
    type Change = fn(&mut Stamp);
    let cases: [(StampPart, Change); 7] = [
        (StampPart::Version, |stamp| stamp.version = "9.9.9".to_owned()),
        (StampPart::Detectors, |stamp| stamp.detectors = tally::digest(["other"])),
        (StampPart::Rules, |stamp| stamp.rules = tally::digest(["other"])),
        (StampPart::Lists, |stamp| stamp.lists.push("cn-national-2024".to_owned())),
        (StampPart::Config, |stamp| stamp.config = Some(tally::digest(["config"]))),
        (StampPart::Areas, |stamp| stamp.areas = Some(tally::digest(["areas"]))),
        (StampPart::Day, |stamp| stamp.day = jiff::civil::date(2026, 11, 24)),
    ];
    let folder = tempfile::tempdir().unwrap();
    let paths = written(&[Tally::default()], folder.path());
    let other = folder.path().join("other.tally");
    for (expected, change) in cases {
        let mut stamp = stamp();
        change(&mut stamp);
        tally::write(&Tally::default(), &stamp, &seal(), &other).unwrap();
        for order in [[&paths[0], &other], [&other, &paths[0]]] {
            let error = folded(order).unwrap_err();
            assert!(matches!(error, FoldError::Stamp { part, .. } if part == expected), "{error}");
            assert!(error.to_string().contains(expected.hint()), "{error}");
        }
    }
}

#[test]
fn an_object_that_changed_between_two_scans_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.csv");
    let scanned = |text: &str| {
        fs::write(&data, text).unwrap();
        tally_of(&data, Cut::default())
    };
    let tallies = [scanned("身份证号\n11010519491231002X\n"), scanned("身份证号\n440524188001010014\n7\n")];
    let paths = written(&tallies, folder.path());
    let error = folded(&paths).unwrap_err();
    assert!(matches!(&error, FoldError::Object { uri, .. } if Path::new(uri) == data), "{error}");
}

/// A folder to run the program in, with a key and data of every kind that matters to coverage and configuration.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let data = place.path("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("a.csv"), "姓名,身份证号,手机号\n王伟,11010519491231002X,13912045716\n").unwrap();
        fs::write(data.join("b.csv"), "姓名,手机号\n王伟,13912045716\n李娜,13912045733\n").unwrap();
        fs::write(data.join("c.csv"), "时间,温度\n2026-01-01,3.5\n2026-01-02,4.25\n").unwrap();
        fs::write(data.join("d.rtf"), "{\\rtf1 a}\n").unwrap();
        fs::write(data.join("facts.toml"), "[export]\nindustry = \"automotive\"\ndate = 2026-11-23\n").unwrap();
        let config = "[[accept]]\nobject = \"b.csv\"\ncolumn = \"手机号\"\nreason = \"test\"\nexpires = 2027-01-01\n\
                      [[accept]]\nobject = \"z.csv\"\nreason = \"test\"\nexpires = 2027-01-01\n";
        fs::write(place.path("config.toml"), config).unwrap();
        assert_eq!(place.run(&["key", "new", "key"]).status.code(), Some(0));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exportscan"));
        command.current_dir(self.0.path()).env_remove("EXPORTSCAN_KEY").env_remove("EXPORTSCAN_KEY_FILE").args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs the program, which must end so; what it complained of.
    fn check(&self, args: &[&str], status: i32) -> String {
        let output = self.run(args);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {complaint}");
        complaint
    }
}

#[test]
fn the_program_merges_shares_into_the_same_report() {
    let place = Place::new();
    let with = ["--facts", "data/facts.toml", "--config", "config.toml", "--key", "key"];
    let run = |args: &[&str], status| place.check(&[args, &with].concat(), status);
    run(&["scan", "data", "nowhere.csv", "--out", "whole"], 1);
    run(&["scan", "data/a.csv", "data/c.csv", "--threads", "1", "--partial", "1.tally"], 0);
    run(&["scan", "data/b.csv", "data/d.rtf", "data/facts.toml", "--partial", "2.tally"], 3);
    run(&["scan", "nowhere.csv", "--partial", "3.tally"], 3);
    run(&["scan", "--partial", "4.tally"], 0);
    fs::create_dir(place.path("hollow")).unwrap();
    run(&["scan", "hollow", "--partial", "5.tally"], 0);
    let report = |folder: &str| fs::read_to_string(place.path(folder).join("report.json")).unwrap();
    let orders = [
        &["1.tally", "2.tally", "3.tally", "4.tally", "5.tally"][..],
        &["5.tally", "3.tally", "2.tally", "1.tally", "2.tally", "4.tally", "--threads", "1"],
    ];
    for order in orders {
        run(&[&["merge"], order, &["--out", "merged"]].concat(), 1);
        assert_eq!(report("merged"), report("whole"));
        assert_eq!(
            fs::read(place.path("merged/report.html")).unwrap(),
            fs::read(place.path("whole/report.html")).unwrap()
        );
    }
    let names = fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.contains("tmp")), "a temporary file was left");
}

#[test]
fn merge_ends_as_a_scan_does() {
    let place = Place::new();
    let facts = ["--industry", "automotive", "--zone-registered", "--ciio", "false", "--key", "key"];
    let cases: [(&[&str], i32); 3] = [(&["data/c.csv"], 0), (&["data/a.csv"], 1), (&["data/c.csv", "data/d.rtf"], 3)];
    for (targets, status) in cases {
        place.check(&[&["scan"], targets, &facts].concat(), status);
        let partial = if status == 3 { 3 } else { 0 };
        place.check(&[&["scan"], targets, &["--partial", "t.tally"], &facts[..]].concat(), partial);
        place.check(&[&["merge", "t.tally"], &facts[..]].concat(), status);
    }
    place.check(&["scan", "--partial", "t.tally", "--key", "key"], 0);
    let complaint = place.check(&["merge", "t.tally", "--key", "key"], 2);
    assert!(complaint.contains("there is nothing in the tallies"), "{complaint}");
}

#[test]
fn every_refusal_says_what_to_do() {
    let place = Place::new();
    let key = ["--key", "key"];
    place.check(&[&["scan", "data/a.csv", "--partial", "a.tally"], &key[..]].concat(), 0);
    place.check(&["key", "new", "other"], 0);
    let mut text = fs::read(place.path("a.tally")).unwrap();
    fs::write(place.path("cut.tally"), &text[..text.len() - 1]).unwrap();
    text[1000] ^= 1;
    fs::write(place.path("flipped.tally"), &text).unwrap();
    fs::create_dir(place.path("folder")).unwrap();
    let cases: [(&[&str], &str); 17] = [
        (&["merge", "a.tally"], "`merge` needs a key; make one by `exportscan key new FILE`"),
        (&["merge", "a.tally", "--key", "other"], "give the key it was made with"),
        (&["merge", "data/a.csv", "--key", "key"], "`data/a.csv` is no tally"),
        (&["merge", "cut.tally", "--key", "key"], "`cut.tally` is damaged"),
        (&["merge", "flipped.tally", "--key", "key"], "`flipped.tally` is damaged"),
        (&["merge", "a.tally", "cut.tally", "--key", "key"], "`cut.tally` is damaged"),
        (&["merge", "nowhere.tally", "--key", "key"], "cannot read the tally `nowhere.tally`"),
        (&["merge", "a.tally", "--key", "key", "--list", "cn-national-2024"], "the same `--list`"),
        (
            &["merge", "a.tally", "--key", "key", "--config", "config.toml"],
            "the same `--config FILE`, or `--no-config`",
        ),
        (&["merge", "a.tally", "--key", "key", "--facts", "yesterday.toml"], "the same `date` in `--facts`"),
        (&["merge", "a.tally", "--key", "key", "--packs", "pack.toml"], "the same `--packs`"),
        (&["scan", "data", "--partial", "b.tally"], "`--partial` needs a key"),
        (&["scan", "data", "--partial", "no/b.tally", "--key", "key"], "its folder does not exist; create it first"),
        (&["scan", "data", "--partial", "folder", "--key", "key"], "no regular file; name another"),
        (&["scan", "data", "--partial", "b.tally", "--key", "key", "--out", "x"], "cannot be used with '--out <DIR>'"),
        (&["merge", "--key", "key"], "<TALLY>"),
        (&["scan"], "<PATH>"),
    ];
    fs::write(place.path("yesterday.toml"), "[export]\ndate = 2020-01-01\n").unwrap();
    let pack = "[pack]\nid = \"mine\"\nversion = 1\ntitle = { zh = \"我\", en = \"mine\" }\n";
    fs::write(place.path("pack.toml"), pack).unwrap();
    for (args, expected) in cases {
        let complaint = place.check(args, 2);
        assert!(complaint.contains(expected), "{args:?}: {complaint}");
    }
    assert!(!place.path("b.tally").exists());
}

/// Each value with what `md5sum`, `sha1sum` and `sha256sum` make of it.
const PLANTED: [(&str, [&str; 3]); 2] = [
    (
        "11010519491231002X",
        [
            "ae05564031c21338aa8a2e7266e7855c",
            "6f54d2ff2a159a8b8fc236f8a21dee1e29b291ac",
            "426695a0efdb59b9eaedaf0b5ca3eddf013cc2a7f9e283437704ea605f421e6d",
        ],
    ),
    (
        "13912045716",
        [
            "dfe75f9701112043a803abaa5ca74fea",
            "9a67e3849a932ac846ce66ab689064555289fa1a",
            "6ee0eb0ae36f5b675fb4b9136850a78db1fb679cc5514af7ce517246ae7514a8",
        ],
    ),
];

fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn nothing_in_a_tally_can_be_searched_for_without_the_key() {
    let place = Place::new();
    place.check(&["scan", "data", "--partial", "a.tally", "--key", "key"], 3);
    let bytes = fs::read(place.path("a.tally")).unwrap();
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    for (value, digests) in PLANTED {
        let value = value.as_bytes();
        assert!(!holds(value));
        let mut zero = SipHasher24::new();
        std::hash::Hasher::write(&mut zero, value);
        let zero = zero.finish128().as_u128();
        let mut hashes: Vec<Vec<u8>> = digests.map(unhex).to_vec();
        hashes.push(blake3::hash(value).as_bytes().to_vec());
        hashes.extend([zero.to_be_bytes().to_vec(), zero.to_le_bytes().to_vec()]);
        let by_zero = exportscan::model::Fingerprinter::new(&[0; 16]);
        for kind in [IdentifierKind::ResidentId, IdentifierKind::Mobile] {
            hashes.push(by_zero.key(kind, value).to_bytes()[1..].to_vec());
        }
        for hash in hashes {
            // Eight bytes of a digest are as good as all of it to whoever tries values.
            assert!(!holds(&hash[..8]), "{hash:02x?}");
            let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!holds(&digits.as_bytes()[..16]), "{digits}");
        }
    }
    let secret = Secret::parse(&fs::read_to_string(place.path("key")).unwrap()).unwrap();
    let with_key = secret.fingerprinter().key(IdentifierKind::ResidentId, b"11010519491231002X");
    assert!(holds(&with_key.to_bytes()), "with the key it is found, or this test looks for the wrong things");
}

#[test]
fn a_key_is_kept_from_others_and_never_shown() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mode = |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("key"), 0o600);
    let text = fs::read_to_string(place.path("key")).unwrap();
    let complaint = place.check(&["key", "new", "key"], 2);
    assert!(complaint.contains("never written over"), "{complaint}");
    assert_eq!(fs::read_to_string(place.path("key")).unwrap(), text);

    let partial = ["scan", "data/a.csv", "--partial", "a.tally"];
    let id = Secret::parse(&text).unwrap().id().to_string();
    let by_environment = |name: &str, value: &str| place.command(&partial).env(name, value).output().unwrap();
    for output in [by_environment("EXPORTSCAN_KEY_FILE", "key"), by_environment("EXPORTSCAN_KEY", &text)] {
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8(output.stdout).unwrap().contains(&id));
    }
    let cut = by_environment("EXPORTSCAN_KEY", &text[..60]);
    let both = place.command(&partial).env("EXPORTSCAN_KEY", &text).env("EXPORTSCAN_KEY_FILE", "key").output().unwrap();
    let (tag, rest) = text.split_once(':').unwrap();
    fs::write(place.path("mistyped"), format!("{tag}:{}", rest.replace(['0', '1'], "2"))).unwrap();
    fs::set_permissions(place.path("mistyped"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::copy(place.path("key"), place.path("open")).unwrap();
    fs::set_permissions(place.path("open"), fs::Permissions::from_mode(0o640)).unwrap();
    let digits = text.split(':').nth(1).unwrap();
    let with = |name: &str| place.run(&[&partial[..], &["--key", name]].concat());
    let cases = [
        (cut, "cut short or mistyped"),
        (both, "unset one"),
        (with("mistyped"), "cut short or mistyped"),
        (with("open"), "run `chmod 600 open`"),
        (with("data/a.csv"), "chmod 600"),
        (with("data"), "`data` is a folder"),
    ];
    for (output, expected) in cases {
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && complaint.contains(expected), "{complaint}");
        assert!(!complaint.contains(&digits[..8]), "{complaint}");
    }
}
