//! Parquet: one unit per row group.

/// An opened Parquet file.
#[derive(Clone, Debug)]
pub struct ParquetSource {}
