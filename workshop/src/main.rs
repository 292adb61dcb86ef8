//! `cargo workshop`: the runner of the workshop.
//!
//! ```text
//!   exercises/**/Cargo.toml, README.md ─▶ exercise ─┐
//!   .workshop/progress.json ────────────▶ progress ─┼─▶ state ─▶ commands/* , watch
//!   cargo test -p exNN-MM ─▶ libtest ───▶ check ────┘
//! ```
//!
//! The runner never believes a note: an exercise is done when exactly the source that lies on the disk has
//! passed exactly the spec that lies beside it ([`source::Fingerprint`]).
#![forbid(unsafe_code)]

mod chapters;
mod check;
mod child;
mod cli;
mod commands;
mod exercise;
mod generate;
mod libtest;
mod out;
mod paint;
mod probe;
mod problem;
mod progress;
mod root;
mod saved;
mod show;
mod source;
mod starter;
mod state;
mod verify;
mod watch;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser as _;

use child::Leash;
use cli::{Cli, Command};
use problem::Problem;
use root::Workshop;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("workshop: {error:#}");
            ExitCode::from(error.downcast_ref::<Problem>().map_or(problem::BROKEN, Problem::exit_code))
        }
    }
}

/// Help goes to standard output; a mistake gets one clear line.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    // clap lists missing arguments on lines of their own.
    let words: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let line = words.join(" ");
    let line = line.trim_start_matches("error: ");
    eprintln!("workshop: {line} (see cargo workshop --help)");
    ExitCode::from(problem::USAGE)
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let workshop = Workshop::find()?;
    if !matches!(cli.command, Some(Command::Upgrade(_)))
        && let Some(line) = commands::upgrade::interrupted(&workshop)
    {
        eprintln!("workshop: {line}");
    }
    let Some(command) = cli.command.or_else(without_command) else {
        return watch::run(workshop).map(|()| ExitCode::SUCCESS);
    };
    let leash = Leash::default();
    let on_signal = leash.clone();
    // What the runner started is a process group of its own, so the terminal's Ctrl-C does not reach it.
    ctrlc::set_handler(move || {
        on_signal.pull();
        std::process::exit(problem::SIGNALLED.into());
    })?;
    let fine = |()| ExitCode::from(problem::FINE);
    let code = match command {
        Command::Status(args) => commands::status::run(&workshop, &args, &leash).map(fine),
        Command::List(args) => commands::list::run(&workshop, &args, &leash).map(fine),
        Command::Next => commands::next::run(&workshop, &leash).map(fine),
        Command::Check(args) => commands::check::run(&workshop, &args, &leash).map(ExitCode::from),
        Command::Hint(args) => commands::hint::run(&workshop, &args).map(fine),
        Command::Reset(args) => commands::reset::run(&workshop, &args).map(fine),
        Command::Solution(args) => commands::solution::run(&workshop, &args, &leash).map(fine),
        Command::Demo(args) => commands::demo::run(&workshop, &args, &leash).map(ExitCode::from),
        Command::Book(args) => commands::book::run(&workshop, &args, &leash).map(ExitCode::from),
        Command::Doctor(args) => commands::doctor::run(&workshop, &args).map(ExitCode::from),
        Command::Upgrade(args) => commands::upgrade::run(&workshop, &args).map(fine),
        Command::Generate(args) => generate::run(&workshop.root, args),
        Command::Verify(args) => verify::run(&workshop.root, args),
    };
    // A signal ended what was running: what came of it is not the answer to anything.
    if leash.pulled() { Ok(ExitCode::from(problem::SIGNALLED)) } else { code }
}

/// The watch view needs a terminal on both sides; without one, the standing is printed.
fn without_command() -> Option<Command> {
    let terminal = std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    (!terminal).then(|| Command::Status(commands::status::Args::default()))
}
