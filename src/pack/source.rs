//! Where packs come from: the built-in ones and the user's folders.

use std::fmt;

use serde::de::DeserializeOwned;

use super::{DetectorPack, RulePack};

/// A pack file's name and text.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// The name that errors show.
    pub name: String,
    /// The TOML.
    pub text: String,
}

/// A pack that could not be used, with the line and a caret where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// The file.
    pub file: String,
    /// What is wrong, and where.
    pub message: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.file, self.message.trim_end())
    }
}

impl std::error::Error for PackError {}

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        [ $( ($path, include_str!(concat!("../../", $path))) ),* ]
            .into_iter()
            .map(|(name, text)| PackFile { name: name.to_owned(), text: text.to_owned() })
            .collect()
    };
}

/// The detectors that the program carries.
pub fn built_in_detectors() -> Vec<PackFile> {
    embedded![
        "detectors/words.toml",
        "detectors/roles.toml",
        "detectors/identity.toml",
        "detectors/contact.toml",
        "detectors/account.toml",
        "detectors/vehicle.toml",
        "detectors/deidentified.toml",
        "detectors/track.toml",
        "detectors/health.toml",
        "detectors/charging.toml",
        "detectors/media.toml",
    ]
}

/// The rule packs that the program carries.
pub fn built_in_rules() -> Vec<PackFile> {
    embedded!["rules/cn-bj-ftz-2024.toml", "rules/cn-national-2024.toml"]
}

/// Reads one file of detectors.
pub fn parse_detectors(file: &PackFile) -> Result<DetectorPack, PackError> {
    parse(file)
}

/// Reads one rule pack.
pub fn parse_rules(file: &PackFile) -> Result<RulePack, PackError> {
    parse(file)
}

fn parse<T: DeserializeOwned>(file: &PackFile) -> Result<T, PackError> {
    toml::from_str(&file.text).map_err(|error| PackError { file: file.name.clone(), message: error.to_string() })
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn built_in_detectors_parse_and_each_file_has_its_own_id() {
        let files = built_in_detectors();
        let ids: BTreeSet<String> = files
            .iter()
            .map(|file| parse_detectors(file).unwrap_or_else(|error| panic!("{error}")))
            .map(|pack| pack.pack.id)
            .collect();
        assert_eq!(ids.len(), files.len());
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let text = "[pack]\nid = \"a\"\nversion = 1\ntitle = { zh = \"甲\", en = \"A\" }\ncolour = 1\n";
        let file = PackFile { name: "a.toml".to_owned(), text: text.to_owned() };
        let error = parse_detectors(&file).map(|pack| pack.pack.id).unwrap_err();
        assert!(error.message.contains("line 5") && error.message.contains("colour"), "{error}");
    }
}
