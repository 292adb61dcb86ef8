//! `cargo workshop demo N`: a chapter's demo.

use crate::chapters::{CHAPTERS, Chapter};
use crate::check::cargo;
use crate::child::{self, Leash};
use crate::problem::{BROKEN, Problem};
use crate::root::Workshop;

/// Which demo.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  cargo workshop demo 1\n  cargo workshop demo 1 -- --json")]
pub struct Args {
    /// The chapter, from 1 to 10.
    #[arg(value_name = "N")]
    chapter: String,
    /// What the demo itself is told, after `--`.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Runs the demo in the reader's terminal; its exit code becomes the runner's.
///
/// # Errors
/// When there is no such chapter or cargo cannot be started.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<u8> {
    let last = CHAPTERS[CHAPTERS.len() - 1].number;
    let chapter = args.chapter.parse().ok().and_then(Chapter::of);
    let chapter = chapter.ok_or_else(|| Problem::UnknownChapter { given: args.chapter.clone(), last })?;
    if !chapter.written(&workshop.root) {
        return Err(Problem::NotWritten { number: chapter.number }.into());
    }
    super::say_first_build(workshop, chapter.package);
    let mut command = cargo(&workshop.root);
    command.args(["run", "--quiet", "--package", chapter.package, "--target-dir"]).arg(workshop.target());
    command.arg("--").args(&args.rest);
    let status = child::hand_over(command, leash)?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(BROKEN))
}
