//! What one legal entity has exported: a record for each export, chained, sealed and kept with its person keys.
//!
//! ```text
//!  LEDGER.toml ◀── records/000001.json ◀── records/000002.json ◀── HEAD
//!                        │                       │                 (number, hash, seal)
//!                  tallies/000001.tally    tallies/000002.tally
//! ```
//!
//! An arrow is a hash of a whole file. Each record and the head carry a seal that only the holder of the key can make.
//!
//! *Invariant*: nothing is ever changed, only added. No identifier is in a ledger, nor a hash of one that could be
//! searched for without the key: person keys are keyed fingerprints.

mod charter;
mod durable;
mod error;
mod examine;
mod fault;
mod head;
mod layout;
mod record;
mod seal;
mod sign;
mod store;
mod verify;
mod year;

pub use charter::Charter;
pub use error::LedgerError;
pub use fault::{Fault, FaultKind};
pub use head::Head;
pub use record::{Claim, Export, Looked, Persons, Record, Stated};
pub use sign::{PublicKey, SigningKey};
pub use store::{Access, Appended, Entry, Ledger, Staged, begin};
pub use verify::{Means, Verification, verify};
pub use year::{earlier, of_year};
