//! `cargo workshop book`: the book in a browser.

use std::process::Command;

use crate::check::cargo;
use crate::child::{self, Leash};
use crate::problem::BROKEN;
use crate::root::Workshop;

/// How to see the book.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  cargo workshop book                 serves the book and opens a browser\n  cargo workshop book --build         writes it to book/out\n  cargo workshop book -- --port 4000  what stands after -- goes to the book's own command"
)]
pub struct Args {
    /// Write the pages to book/out and exit.
    #[arg(long)]
    build: bool,
    /// What the book's own command is told, after `--`.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Serves or builds the book; its exit code becomes the runner's.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<u8> {
    if !workshop.target().join("debug").join(format!("book{}", std::env::consts::EXE_SUFFIX)).is_file() {
        eprintln!("building the book's engine; the first time takes a minute or two …");
    }
    let mut command = engine(workshop);
    if args.build {
        command.arg("build");
    } else {
        command.args(["serve", "--open"]);
    }
    command.args(&args.rest);
    let status = child::hand_over(command, leash)?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(BROKEN))
}

/// The book's own command, ready for its arguments.
pub fn engine(workshop: &Workshop) -> Command {
    let mut command = cargo(&workshop.root);
    command.args(["run", "--quiet", "--package", "book", "--target-dir"]).arg(workshop.target()).arg("--");
    command
}
