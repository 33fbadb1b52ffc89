//! Verifies a ledger: every byte of every file, for whoever holds its key, a public key, or a head noted before.

use std::path::Path;

use super::charter::Charter;
use super::examine::examine;
use super::fault::{Fault, FaultKind};
use super::head::Head;
use super::layout;
use super::seal::hash_file;
use super::sign::PublicKey;
use super::store::{self, Access};
use super::{LedgerError, record::Record};
use crate::key::Seal;

/// By what a ledger is verified. Without any of them the chain is still followed from hash to hash, which finds accidents
/// and no forger.
#[derive(Clone, Copy, Debug, Default)]
pub struct Means<'a> {
    /// The key, which finds any change by anybody who does not hold it.
    pub key: Option<&'a Seal>,
    /// Who must have signed every record.
    pub signer: Option<PublicKey>,
    /// A head that was noted before, which finds that the ledger was rolled back or written anew, even by a holder of the
    /// keys.
    pub head: Option<&'a str>,
}

/// What verifying came to.
#[derive(Clone, Debug)]
pub struct Verification {
    /// Whose ledger it is, where that can be read.
    pub charter: Option<Charter>,
    /// Where it ends: what `HEAD` says, brought forward if it is one behind.
    pub head: Option<Head>,
    /// The records that could be read.
    pub records: u64,
    /// Of them, those that are signed.
    pub signed: u64,
    /// The number of the record whose head was noted, where one is asked for and found; 0 is the charter.
    pub noted: Option<u64>,
    /// What is wrong, sorted by file.
    pub faults: Vec<Fault>,
    /// What an interrupted recording left: no part of the ledger, and cleared by the next.
    pub remnants: Vec<String>,
}

/// Verifies the ledger in `folder`.
pub fn verify(folder: &Path, means: Means<'_>) -> Result<Verification, LedgerError> {
    let _lock = store::lock(folder, Access::Read)?;
    let examined = examine(folder, means.key);
    if let (Some(key), Some(charter)) = (means.key, &examined.charter) {
        let given = key.id().to_string();
        if charter.key != given {
            return Err(LedgerError::WrongKey { given, expected: charter.key.clone() });
        }
    }
    let mut faults = examined.faults;
    for (number, (sealed, _)) in &examined.records {
        if sealed.record.number == *number {
            faults.extend(tally_fault(folder, *number, &sealed.record));
        }
        let kind = match (means.signer, sealed.is_signed()) {
            (Some(_), false) => Some(FaultKind::Unsigned),
            (Some(signer), true) if sealed.record.signer != Some(signer) => Some(FaultKind::OtherSigner),
            (_, true) if !sealed.signature_fits() => Some(FaultKind::BadSignature),
            _ => None,
        };
        // Where a record was changed its signature does not fit either, which says nothing more.
        let file = layout::record(*number);
        let is_known = faults.iter().any(|fault| fault.file == file);
        faults.extend(kind.filter(|_| !is_known).map(|kind| Fault::new(file, kind)));
    }
    let place = |hash: &str| {
        let of_record = examined.records.iter().find(|(_, (_, of))| of == hash).map(|(number, _)| *number);
        of_record.or_else(|| (examined.charter_hash == hash).then_some(0))
    };
    let noted = means.head.and_then(place);
    if means.head.is_some() && noted.is_none() {
        faults.push(Fault::new(layout::HEAD, FaultKind::OtherHead));
    }
    faults.sort();
    faults.dedup();
    let last = examined.records.last_key_value();
    let head = examined.head.map(|head| match last {
        Some((number, (_, hash))) if examined.head_is_behind => Head { records: *number, hash: hash.clone(), ..head },
        _ => head,
    });
    Ok(Verification {
        charter: examined.charter,
        head,
        records: examined.records.len() as u64,
        signed: examined.records.values().filter(|(sealed, _)| sealed.is_signed()).count() as u64,
        noted,
        faults,
        remnants: examined.remnants,
    })
}

/// Whether the tally of a record is another one than was recorded; a missing one is known already.
fn tally_fault(folder: &Path, number: u64, record: &Record) -> Option<Fault> {
    let file = layout::tally(number);
    let (hash, bytes) = hash_file(&folder.join(&file)).ok()?;
    let is_recorded = hash == record.tally && bytes == record.tally_bytes;
    (!is_recorded).then(|| Fault::new(file, FaultKind::WrongTally))
}
