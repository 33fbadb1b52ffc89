//! `exportscan ledger verify`: whether anything was changed.

use std::process::ExitCode;

use super::args::VerifyArgs;
use super::{language, say, style};
use crate::cli::key;
use crate::ledger::{Means, PublicKey, verify};
use crate::report::{Keyed, ledger_verified};

/// Something in the ledger is not as it was written.
const EXIT_UNSOUND: u8 = 1;

/// Runs the verb.
pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    let seal = key::given(&args.key)?.map(|secret| secret.seal());
    let signer = args.public.as_deref().map(PublicKey::read).transpose()?;
    let head = args.head.as_deref().map(|head| head.trim().to_lowercase());
    let means = Means { key: seal.as_ref(), signer, head: head.as_deref() };
    let verified = verify(&args.folder, means)?;
    let keyed = if seal.is_some() || signer.is_some() || head.is_some() { Keyed::Yes } else { Keyed::No };
    say(&ledger_verified(&verified, keyed, language(args.lang), style()))?;
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(EXIT_UNSOUND) })
}
