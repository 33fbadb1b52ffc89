//! Tells formats apart by their first bytes.
