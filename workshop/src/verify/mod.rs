//! `cargo workshop verify`: the gate that every exercise has to pass.

use std::path::Path;
use std::process::ExitCode;

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exercises, such as 01-03; all if none is named.
    ids: Vec<String>,
    /// Only the exercises of this chapter, and the chapter itself.
    #[arg(long, value_name = "N")]
    chapter: Option<u8>,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    json: bool,
    /// Also run cargo-mutants on the solutions, and demand that their specs notice.
    #[arg(long)]
    mutants: bool,
    /// Keep the scratch workspace of the decoys, to look at it.
    #[arg(long)]
    keep: bool,
}

/// Runs the gate.
///
/// # Errors
/// When the gate itself cannot work: cargo is missing, a file cannot be read.
pub fn run(root: &Path, args: Args) -> anyhow::Result<ExitCode> {
    let _ = (root, args.ids, args.chapter, args.json, args.mutants, args.keep);
    anyhow::bail!("not there yet")
}
