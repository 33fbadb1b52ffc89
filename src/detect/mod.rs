//! Turns batches of cells into evidence of what they hold.

pub mod checks;
