//! A lip over [`exportscan::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    exportscan::cli::main()
}
