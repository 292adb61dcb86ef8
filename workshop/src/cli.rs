//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::{book, check, demo, doctor, hint, list, reset, solution, status, upgrade};
use crate::{generate, verify};

/// Build your own RPC framework in Rust: the runner.
#[derive(Debug, Parser)]
#[command(
    bin_name = "cargo workshop",
    version,
    about = "Build your own RPC framework in Rust: where you are, what is red, what comes next.",
    after_help = "Without a command: watches your saves in a terminal; elsewhere prints where you are.\n\nAn exercise is named by its id (01-03, 1-3, ex01-03), its name, or its folder.\n\nEnvironment:\n  NO_COLOR=1             no colours\n  WORKSHOP_POLL=1        look for saves once a second instead of waiting for file events\n  WORKSHOP_SPEC_LIMIT=N  stop a spec that runs for more than N seconds (120)\n\nExit code: 0 fine, 1 red, 2 bad arguments, 3 something is missing or broken."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show where you are and what to do next.
    Status(status::Args),
    /// List every exercise and its state.
    List(list::Args),
    /// Show the next exercise that is not done.
    #[command(after_help = "Example: cargo workshop next")]
    Next,
    /// Run the spec of an exercise and explain the verdict.
    Check(check::Args),
    /// Show the next hint, one level at a time.
    Hint(hint::Args),
    /// Put the starter back, after keeping a copy of your work.
    Reset(reset::Args),
    /// Show the solution beside yours, once yours is green.
    Solution(solution::Args),
    /// Run the demo of a chapter.
    Demo(demo::Args),
    /// Open the book in a browser.
    Book(book::Args),
    /// Show what this machine can and cannot do.
    Doctor(doctor::Args),
    /// Bring a new version of the workshop in, under your work in progress.
    Upgrade(upgrade::Args),
    /// Write the starters from the solutions (for maintainers).
    #[command(after_help = "Example: cargo workshop generate --check")]
    Generate(generate::Args),
    /// Check that every exercise is sound (for maintainers).
    #[command(after_help = "Example: cargo workshop verify --chapter 1")]
    Verify(verify::Args),
}
