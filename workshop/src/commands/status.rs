//! `cargo workshop status`: where the reader stands.

use std::fmt::Write as _;

use crate::child::Leash;
use crate::exercise;
use crate::out::{say, say_json};
use crate::paint::Paint;
use crate::root::Workshop;
use crate::state::{self, ChapterLine, Standing, State};

/// How to show it.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Example: cargo workshop status --json")]
pub struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Build nothing: what was edited since its last check counts as started.
    #[arg(long)]
    no_check: bool,
}

/// Prints the standing.
///
/// # Errors
/// When a file cannot be read or cargo cannot be started.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<()> {
    super::notes(workshop)?;
    if !args.no_check {
        state::refresh(workshop, leash)?;
    }
    let progress = super::notes(workshop)?;
    let standing = Standing::look(workshop, &progress)?;
    if args.json { say_json(&standing) } else { say(&text(workshop, &standing, Paint::for_stdout())?) }
}

fn text(workshop: &Workshop, standing: &Standing, paint: Paint) -> anyhow::Result<String> {
    let mut text = format!(
        "{}\n\n",
        paint.bold("Build your own RPC framework in Rust: ten layers, one exercise at a time.")
    );
    let _ = writeln!(text, "  {}\n", bar(standing, paint));
    let fresh = standing.exercises.iter().all(|line| matches!(line.state, State::Todo | State::Unavailable));
    let count = format!("{} of {} done", standing.done, standing.total);
    if fresh {
        let _ = writeln!(text, "{}: these red tests are your starting line.\n", paint.bold(&count));
    } else {
        let _ = writeln!(text, "{}\n", paint.bold(&count));
    }
    let Some(id) = &standing.current else {
        let _ = writeln!(text, "Every exercise that this machine can run is green. Well done.");
        return Ok(text);
    };
    let current = exercise::find(&workshop.exercises, id)?;
    let verb = if fresh { "Begin with" } else { "You are on" };
    let _ = writeln!(
        text,
        "{verb} {} {}",
        paint.bold(&format!("{} {}", current.id, current.title)),
        paint.dim(&format!("(about {} minutes)", current.minutes))
    );
    let _ = writeln!(text, "  read    {}", super::read_line(workshop, current));
    let _ =
        writeln!(text, "  task    {}", paint.link(&workshop.root, &format!("{}/README.md", current.folder)));
    let _ = writeln!(text, "  open    {}", paint.link(&workshop.root, &current.source()));
    let _ = writeln!(text, "  run     {}", paint.key(&format!("cargo test -p {}", current.package())));
    let _ = writeln!(text, "  or      {}", paint.key("cargo workshop"));
    let _ =
        writeln!(text, "          {}", paint.dim("in a terminal: watches your saves and shows the verdict"));
    Ok(text)
}

/// The ten chapters in one line: `1 ██░░░░  2 · 3 · …`.
pub fn bar(standing: &Standing, paint: Paint) -> String {
    let parts: Vec<String> = standing.chapters.iter().map(|chapter| part(chapter, paint)).collect();
    parts.join("  ")
}

fn part(chapter: &ChapterLine, paint: Paint) -> String {
    let number = chapter.number.to_string();
    if !chapter.written || chapter.total == 0 {
        return paint.dim(&format!("{number} ·"));
    }
    let full = paint.good(&"█".repeat(chapter.done));
    let empty = paint.dim(&"░".repeat(chapter.total - chapter.done));
    format!("{} {full}{empty}", paint.bold(&number))
}
