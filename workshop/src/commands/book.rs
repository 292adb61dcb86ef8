//! `cargo workshop book`: the book in a browser.

use std::process::{Command, Stdio};

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
    super::say_first_build(workshop, "book");
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

/// Asks the system to show a page. Whoever has no browser here still has the address.
pub fn open_in_browser(url: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(opener);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut opener) = command.spawn() {
        // Somebody has to ask how it ended, or it stays as a zombie.
        std::thread::spawn(move || opener.wait());
    }
}

/// The book's own command, ready for its arguments.
pub fn engine(workshop: &Workshop) -> Command {
    let mut command = cargo(&workshop.root);
    command.args(["run", "--quiet", "--package", "book", "--target-dir"]).arg(workshop.target()).arg("--");
    command
}
