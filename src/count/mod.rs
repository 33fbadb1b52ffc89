//! Counts distinct natural persons from mentions, exactly, with bounds.
//!
//! The store is a set of distinct mentions, each with the union of what its rows said. A set union is commutative and
//! associative, so threads, splits and machines cannot change the figures.

mod census;
mod mentions;

pub use census::{Census, Figures};
pub use mentions::Mentions;
