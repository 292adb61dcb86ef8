//! `cargo workshop list`: every exercise in a line.

use std::fmt::Write as _;

use crate::child::Leash;
use crate::out::{say, say_json};
use crate::paint::Paint;
use crate::root::Workshop;
use crate::state::{self, Standing, State};

/// How to show it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: cargo workshop list --json")]
pub struct Args {
    /// Print a JSON array.
    #[arg(long)]
    json: bool,
    /// Build nothing: what was edited since its last check counts as started.
    #[arg(long)]
    no_check: bool,
}

/// Prints the list.
///
/// # Errors
/// When a file cannot be read or cargo cannot be started.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<()> {
    super::notes(workshop)?;
    if !args.no_check {
        state::refresh(workshop, leash)?;
    }
    let standing = Standing::look(workshop, &super::notes(workshop)?)?;
    if args.json {
        return say_json(&standing.exercises);
    }
    let paint = Paint::for_stdout();
    let mut text = String::new();
    for chapter in &standing.chapters {
        if !chapter.written {
            let _ = writeln!(
                text,
                "{}",
                paint.dim(&format!("{:2} {}: not written yet", chapter.number, chapter.title))
            );
            continue;
        }
        let count = format!("{} of {} done", chapter.done, chapter.total);
        let title = format!("{:2} {}", chapter.number, chapter.title);
        let _ = writeln!(text, "{}  {}", paint.bold(&title), paint.dim(&count));
        for line in standing.exercises.iter().filter(|line| line.chapter == chapter.number) {
            let here = if standing.current.as_ref() == Some(&line.id) { "▸" } else { " " };
            let minutes = format!("{:3} min", line.minutes);
            let _ = writeln!(
                text,
                " {here} {}  {} {}  {}",
                mark(line.state, paint),
                line.id,
                line.title,
                paint.dim(&minutes)
            );
        }
    }
    say(&text)
}

/// The state as a padded word.
pub fn mark(state: State, paint: Paint) -> String {
    let word = format!("{:11}", state.word());
    match state {
        State::Done => paint.good(&word),
        State::Started => paint.time(&word),
        State::Todo => word,
        State::Unavailable => paint.dim(&word),
    }
}
