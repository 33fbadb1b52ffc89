//! Writes a synthetic outbound folder whose content is known to the last person.
//!
//! ```text
//! DIR/README.txt     what this is, and what is in it
//! DIR/facts.toml     the facts of the export
//! DIR/outbound/...   the data set: what to scan
//! ```
//!
//! *Invariant*: the same bytes on every machine and in every run. No clock, no system randomness, no floating point.

mod after_sales;
mod calendar;
mod charging;
mod clinical;
mod delimited;
mod logistics;
pub mod number;
mod owners;
mod people;
mod random;
mod reference;
mod telematics;
mod truth;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use random::Random;

use people::People;
use truth::Truth;

/// What is in the demo, from the knowledge of the generator and not from a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The objects under `outbound`, sorted by path.
    pub objects: Vec<ManifestObject>,
    /// Distinct natural persons: those with a resident ID and those known only by a mobile or a patient number.
    pub persons: u64,
    /// Persons of whom a resident ID, a vehicle track or health data is there.
    pub sensitive_persons: u64,
    /// Distinct resident IDs, 15-digit forms and lower-case `x` taken for what they are.
    pub resident_ids: u64,
    /// Persons known only by a mobile.
    pub known_by_mobile: u64,
    /// Persons known only by a patient number.
    pub known_by_patient_number: u64,
    /// Distinct strongest identifiers of the mentions, nothing linked across kinds: what `at_most` must come to.
    pub strongest_identifiers: u64,
}

/// One object of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestObject {
    /// Its path under `outbound`, with `/` between parts.
    pub path: &'static str,
    /// Its records, without title and header.
    pub rows: u64,
}

impl Manifest {
    /// All records.
    pub fn rows(&self) -> u64 {
        self.objects.iter().map(|object| object.rows).sum()
    }
}

/// A file or folder of the demo that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`: {cause}; choose a folder that can be written to", path.display())]
pub struct WriteError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub cause: io::Error,
}

/// Writes the demo into `dir`, which is made if it is not there. Files of the same names are overwritten; others stay.
///
/// Everything in it can be read. See [`add_unreadable`] for what cannot.
pub fn write(dir: &Path) -> Result<Manifest, WriteError> {
    let people = People::new();
    let mut truth = Truth::default();
    let objects = objects(&people, &mut truth).map_err(|cause| WriteError { path: dir.to_owned(), cause })?;
    for object in &objects {
        put(&dir.join("outbound").join(object.path), &object.bytes)?;
    }
    let manifest = manifest(&objects, &truth);
    put(&dir.join("facts.toml"), facts().as_bytes())?;
    put(&dir.join("README.txt"), readme(&manifest).as_bytes())?;
    Ok(manifest)
}

/// Adds to a demo in `dir` what a scan cannot read, so that it may not call the folder clean: a pointer where data
/// should be, and a workbook. Gives the paths under `outbound`.
pub fn add_unreadable(dir: &Path) -> Result<[&'static str; 2], WriteError> {
    let pointer = "version https://git-lfs.github.com/spec/v1\n\
        oid sha256:0000000000000000000000000000000000000000000000000000000000000000\n\
        size 123456789\n";
    put(&dir.join("outbound").join("archive.csv"), pointer.as_bytes())?;
    put(&dir.join("outbound").join("notes.xlsx"), b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00")?;
    Ok(["archive.csv", "notes.xlsx"])
}

/// An object before it is written.
struct Object {
    path: &'static str,
    rows: u64,
    bytes: Vec<u8>,
}

fn objects(people: &People, truth: &mut Truth) -> io::Result<Vec<Object>> {
    let mut objects = vec![
        owners::owners(people, truth)?,
        telematics::by_vin(people, truth),
        telematics::by_plate(people, truth),
        charging::sessions(people, truth),
        charging::stations(),
        after_sales::complaints(people, truth),
        clinical::trial_visits(truth)?,
        logistics::orders(people, truth),
        reference::icd10_codes(),
        reference::weather(),
    ];
    objects.sort_by_key(|object| object.path);
    Ok(objects)
}

fn manifest(objects: &[Object], truth: &Truth) -> Manifest {
    Manifest {
        objects: objects.iter().map(|object| ManifestObject { path: object.path, rows: object.rows }).collect(),
        persons: truth.persons(),
        sensitive_persons: truth.sensitive_persons(),
        resident_ids: truth.known_by(truth::Known::ResidentId),
        known_by_mobile: truth.known_by(truth::Known::Mobile),
        known_by_patient_number: truth.known_by(truth::Known::PatientNumber),
        strongest_identifiers: truth.strongest_identifiers(),
    }
}

fn facts() -> String {
    format!(
        "# The facts of the demo: what no scan can see.\n\
         [exporter]\n\
         name = \"演示汽车有限公司\"\n\
         ciio = false\n\
         zone_registered = true\n\
         \n\
         [export]\n\
         industry = \"automotive\"\n\
         exemptions = []\n\
         date = {}\n\
         recipient = \"Demo Motors GmbH\"\n\
         country = \"DE\"\n",
        calendar::EXPORT_DATE
    )
}

fn readme(manifest: &Manifest) -> String {
    let objects: Vec<String> =
        manifest.objects.iter().map(|object| format!("{:<32}{:>6} records", object.path, object.rows)).collect();
    format!(
        "Synthetic data, generated by `exportscan demo`. Nobody in it is real; any likeness is chance.\n\
         合成数据，由 `exportscan demo` 生成。其中人物均属虚构，如有雷同，纯属巧合。\n\
         \n\
         natural persons       {}\n\
         with sensitive data   {}\n\
         with a resident ID    {}\n\
         by mobile only        {}\n\
         by patient no. only   {}\n\
         records               {}\n\
         \n\
         {}\n",
        manifest.persons,
        manifest.sensitive_persons,
        manifest.resident_ids,
        manifest.known_by_mobile,
        manifest.known_by_patient_number,
        manifest.rows(),
        objects.join("\n")
    )
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |cause| WriteError { path: path.to_owned(), cause };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}
