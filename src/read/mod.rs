//! Finds objects, opens them, and hands out Arrow record batches with flat column paths.
//!
//! *Invariant*: nothing here has heard of detectors, classes or persons.
