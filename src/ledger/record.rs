//! A record: one export, as it stands in `records/000001.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::seal::{self, RECORDS};
use super::sign::{PublicKey, SigningKey};
use crate::count::Figures;
use crate::key::Seal;
use crate::model::{Class, Exemption, Industry};

/// The version of the file.
const SCHEMA: &str = "exportscan.ledger.record/1";

/// One export, and its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    schema: String,
    /// Its number, from 1.
    pub number: u64,
    /// The hash of the record before it; of `LEDGER.toml` for the first.
    pub previous: String,
    /// When it was recorded, ISO 8601 in UTC.
    pub recorded: String,
    /// The hash of its tally, a whole file.
    pub tally: String,
    /// The size of its tally in bytes.
    pub tally_bytes: u64,
    /// What was exported.
    pub export: Export,
    /// The public key of whoever signs it.
    pub signer: Option<PublicKey>,
}

/// What is recorded of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// The day of export; its year is the one that it counts in.
    pub date: Date,
    /// The legal entity that exports.
    pub entity: String,
    /// What the exporter states of it.
    pub stated: Stated,
    /// Whether its persons count in the year: not where an exemption is claimed that leaves them out.
    pub counts: bool,
    /// The list that spoke when it was recorded.
    pub list: String,
    /// What that list came to, such as `II`.
    pub category: String,
    /// How much was looked at.
    pub coverage: Looked,
    /// Its persons.
    pub persons: Persons,
    /// The classes that the list took for sensitive.
    pub sensitive_classes: Vec<Class>,
}

/// What the exporter states of an export, beside its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// Whether the exporter operates critical information infrastructure.
    pub ciio: Option<bool>,
    /// Whether the exporter is registered in the free-trade zone.
    pub zone_registered: Option<bool>,
    /// The industry.
    pub industry: Option<Industry>,
    /// The scenario.
    pub scenario: Option<String>,
    /// The recipient.
    pub recipient: Option<String>,
    /// The recipient's country.
    pub country: Option<String>,
    /// The exemptions claimed.
    pub exemptions: Vec<Claim>,
}

/// An exemption that is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The exemption.
    pub exemption: Exemption,
    /// Its article of the CAC provisions of 22 March 2024, such as `5(1)(i)`.
    pub article: String,
}

impl From<Exemption> for Claim {
    fn from(exemption: Exemption) -> Self {
        Self { exemption, article: exemption.article().to_owned() }
    }
}

/// How much of an export was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Whether everything was read.
    pub complete: bool,
    /// Objects found.
    pub objects_found: u64,
    /// Objects read to the end.
    pub objects_read: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Bytes read, as stored.
    pub bytes_read: u64,
}

/// The persons of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persons {
    /// All of them.
    pub all: Figures,
    /// Those of whom something sensitive is known.
    pub sensitive: Figures,
    /// The others.
    pub non_sensitive: Figures,
    /// Rows about persons that nothing attributes to one.
    pub unattributed_rows: u64,
}

impl Record {
    /// The next record of a chain.
    pub(super) fn new(
        (number, previous): (u64, String),
        recorded: String,
        (tally, tally_bytes): (String, u64),
        export: Export,
        signer: Option<PublicKey>,
    ) -> Self {
        Self { schema: SCHEMA.to_owned(), number, previous, recorded, tally, tally_bytes, export, signer }
    }

    fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A record with its signature and its seal: the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedRecord {
    pub(super) record: Record,
    signature: Option<String>,
    seal: String,
}

impl SealedRecord {
    /// Signs and seals a record.
    pub(super) fn new(record: Record, key: &Seal, signer: Option<&SigningKey>) -> Self {
        let body = record.body();
        let signature = signer.map(|signer| signer.sign(body.as_bytes()));
        let seal = seal::seal(key, RECORDS, &sealed_text(&body, signature.as_deref()));
        Self { record, signature, seal }
    }

    /// The file.
    pub(super) fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads the file; `None` where it is not byte for byte what was written.
    pub(super) fn from_text(text: &[u8]) -> Option<Self> {
        let sealed: Self = serde_json::from_slice(text).ok()?;
        (sealed.record.schema == SCHEMA && sealed.to_text().as_bytes() == text).then_some(sealed)
    }

    /// Whether the seal is that of the record and its signature.
    pub(super) fn is_sealed(&self, key: &Seal) -> bool {
        seal::fits(key, RECORDS, &sealed_text(&self.record.body(), self.signature.as_deref()), &self.seal)
    }

    /// Whether there is a signature at all.
    pub(super) const fn is_signed(&self) -> bool {
        self.signature.is_some() && self.record.signer.is_some()
    }

    /// Whether the signature is that of the record by the key that it names.
    pub(super) fn signature_fits(&self) -> bool {
        match (&self.record.signer, &self.signature) {
            (Some(signer), Some(signature)) => signer.has_signed(self.record.body().as_bytes(), signature),
            _ => false,
        }
    }
}

fn sealed_text(body: &str, signature: Option<&str>) -> String {
    format!("{body}\n{}", signature.unwrap_or("unsigned"))
}
