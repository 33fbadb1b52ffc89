//! A lip over [`exportscan::cli`].

fn main() {}
