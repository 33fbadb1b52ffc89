//! Loads the built-in packs and those that the user adds.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::detect::Engine;
use crate::pack::{self, DetectorPack, PackFile, RulePack};
use crate::tally;

/// Everything that packs say.
pub(super) struct Packs {
    /// Detector packs with the names of their files.
    pub(super) detectors: Vec<(String, DetectorPack)>,
    /// Rule packs, in the order of loading.
    pub(super) rules: Vec<RulePack>,
    /// The digests of the detector packs and of the rule packs, in the same orders.
    detector_digests: Vec<String>,
    rule_digests: Vec<String>,
}

impl Packs {
    /// The built-in packs, and those in `added`: files, or folders with `detectors/*.toml` and `rules/*.toml`, or with
    /// pack files directly.
    pub(super) fn load(added: &[PathBuf]) -> anyhow::Result<Self> {
        let (detector_digests, rule_digests) = (Vec::new(), Vec::new());
        let mut packs = Self { detectors: Vec::new(), rules: Vec::new(), detector_digests, rule_digests };
        let (detectors, rules) = (pack::built_in_detectors(), pack::built_in_rules());
        let (read_detectors, read_rules) = rayon::join(
            || detectors.par_iter().map(pack::parse_detectors).collect::<Vec<_>>(),
            || rules.par_iter().map(pack::parse_rules).collect::<Vec<_>>(),
        );
        for (file, pack) in detectors.iter().zip(read_detectors) {
            packs.add_detectors(file, pack?);
        }
        for (file, pack) in rules.iter().zip(read_rules) {
            packs.add_rules(file, pack?);
        }
        for path in added {
            let files = toml_files(path).with_context(|| format!("cannot read packs from `{}`", path.display()))?;
            anyhow::ensure!(!files.is_empty(), "no pack in `{}`; it needs `*.toml` files", path.display());
            for file in files {
                packs.add(&file)?;
            }
        }
        Ok(packs)
    }

    /// A rule pack has a `[list]`, a detector pack a `[pack]`.
    fn add(&mut self, path: &Path) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let file = PackFile { name: path.display().to_string(), text };
        let is_rules = file.text.lines().any(|line| line.trim() == "[list]");
        if is_rules {
            self.add_rules(&file, pack::parse_rules(&file)?);
        } else {
            self.add_detectors(&file, pack::parse_detectors(&file)?);
        }
        Ok(())
    }

    fn add_detectors(&mut self, file: &PackFile, pack: DetectorPack) {
        self.detectors.push((file.name.clone(), pack));
        self.detector_digests.push(tally::digest([file.text.as_str()]));
    }

    fn add_rules(&mut self, file: &PackFile, pack: RulePack) {
        self.rules.push(pack);
        self.rule_digests.push(tally::digest([file.text.as_str()]));
    }

    /// The digest of all detector packs, as they stand in their files.
    pub(super) fn detectors_digest(&self) -> String {
        tally::digest(self.detector_digests.iter().map(String::as_str))
    }

    /// The digest of the rule packs with the ids of `lists`, as they stand in their files.
    pub(super) fn rules_digest(&self, lists: &[RulePack]) -> String {
        let of = |list: &RulePack| {
            let mut known = self.rules.iter().zip(&self.rule_digests);
            known.find(|(rules, _)| rules.list.id == list.list.id).map(|(_, digest)| digest.as_str())
        };
        tally::digest(lists.iter().filter_map(of))
    }

    /// The compiled detectors. The automata of patterns and words that the user brings are made at once, so that one that cannot be
    /// made is told before anything is read.
    pub(super) fn engine(&self) -> anyhow::Result<Engine> {
        let engine = Engine::compile(&self.detectors)?;
        if self.detectors.len() > pack::built_in_detectors().len() {
            engine.make_automata()?;
        }
        Ok(engine)
    }
}

fn toml_files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for folder in [path.to_owned(), path.join("detectors"), path.join("rules")] {
        if folder != *path && !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder)? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "toml") {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}
