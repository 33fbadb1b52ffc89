//! The specs of rule packs, as `rules/*.toml` spells them.

use serde::Deserialize;

/// One list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {}
