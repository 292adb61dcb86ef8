//! `cargo workshop solution`: the worked answer beside the reader's.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::check;
use crate::child::Leash;
use crate::exercise::{self, Exercise};
use crate::out::say;
use crate::paint::Paint;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::root::Workshop;
use crate::source::{Fingerprint, is_starter, read_text};

/// Unchanged lines around each change.
const CONTEXT: usize = 3;

/// Which solution, and how.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: cargo workshop solution 01-03")]
pub struct Args {
    /// An exercise, such as 01-03; the one you are on if none is named.
    id: Option<String>,
    /// Show it although your own is not green yet.
    #[arg(long)]
    give_up: bool,
    /// Print the solution's file alone instead of a diff.
    #[arg(long)]
    plain: bool,
}

/// Prints the solution, or the way from the reader's file to it.
///
/// # Errors
/// When the exercise does not exist, or is not green and `--give-up` is missing.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<()> {
    let exercise = match &args.id {
        Some(id) => exercise::find(&workshop.exercises, id)?,
        None => super::named_or_current(workshop, None)?,
    };
    if !args.give_up && !green(workshop, exercise, leash)? {
        let id = &exercise.id;
        return Err(Problem::Refused(format!(
            "{id} is not green yet; there are hints (cargo workshop hint {id}), and --give-up shows it all the same"
        ))
        .into());
    }
    if args.plain {
        return say(&read_text(&workshop.root.join(exercise.solution()))?);
    }
    say(&diff(workshop, exercise, Paint::for_stdout())?)
}

/// Whether what lies on the disk passes; asks cargo when nobody knows.
fn green(workshop: &Workshop, exercise: &Exercise, leash: &Leash) -> anyhow::Result<bool> {
    if is_starter(&workshop.root, exercise)? || !exercise.available() {
        return Ok(false);
    }
    let fingerprint = Fingerprint::of(&workshop.root, exercise)?;
    if let Some(green) = Progress::load(&workshop.notes())?.0.verdict(&exercise.id, &fingerprint) {
        return Ok(green);
    }
    eprintln!("checking {} {} …", exercise.id, exercise.title);
    Ok(check::check(workshop, exercise, false, leash)?.outcome == check::Outcome::Green)
}

/// From the reader's file to the solution.
///
/// # Errors
/// When one of the two cannot be read.
pub fn diff(workshop: &Workshop, exercise: &Exercise, paint: Paint) -> anyhow::Result<String> {
    let yours = read_text(&workshop.root.join(exercise.source()))?;
    let ours = read_text(&workshop.root.join(exercise.solution()))?;
    let mut text = format!(
        "{}\n{}\n",
        paint.bad(&format!("- yours     {}", exercise.source())),
        paint.good(&format!("+ solution  {}", exercise.solution()))
    );
    if yours == ours {
        text.push_str("\nThe two are the same, word for word.\n");
    }
    let changes = TextDiff::from_lines(yours.as_str(), ours.as_str());
    for hunk in changes.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _ = writeln!(text, "{}", paint.dim(&hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let line = format!("{}{}", change.tag(), change.value().trim_end_matches('\n'));
            let _ = writeln!(
                text,
                "{}",
                match change.tag() {
                    ChangeTag::Delete => paint.bad(&line),
                    ChangeTag::Insert => paint.good(&line),
                    ChangeTag::Equal => line,
                }
            );
        }
    }
    Ok(text)
}
