//! `cargo workshop generate`: writes the starters from the solutions.

use std::path::Path;
use std::process::ExitCode;

/// What to generate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exercises, such as 01-03; all if none is named.
    ids: Vec<String>,
    /// Change nothing; say which starters differ, and exit with 1 if one does.
    #[arg(long)]
    check: bool,
}

/// Writes or compares the starters.
///
/// # Errors
/// When a file cannot be read or written, or a solution cannot be cut.
pub fn run(root: &Path, args: Args) -> anyhow::Result<ExitCode> {
    let _ = (root, args.ids, args.check);
    anyhow::bail!("not there yet")
}
