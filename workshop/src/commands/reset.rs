//! `cargo workshop reset`: back to the starter, with a copy.

use std::fs;

use crate::exercise::{self, Exercise};
use crate::out::say;
use crate::root::Workshop;
use crate::saved::Saved;
use crate::source::{files_below, is_starter, starter};

/// What to reset.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: cargo workshop reset 01-03")]
pub struct Args {
    /// The exercise, such as 01-03.
    id: String,
}

/// Keeps a copy of the reader's files, then writes the starter.
///
/// # Errors
/// When the exercise does not exist, or a file cannot be read or written.
pub fn run(workshop: &Workshop, args: &Args) -> anyhow::Result<()> {
    let exercise = exercise::find(&workshop.exercises, &args.id)?;
    say(&match reset(workshop, exercise)? {
        None => format!("{} is the starter already; nothing to do.\n", exercise.id),
        Some(copy) => format!("{} is the starter again.\n  your copy  {copy}\n", exercise.id),
    })
}

/// Resets one exercise; the place of the copy, or nothing when there was nothing to reset.
fn reset(workshop: &Workshop, exercise: &Exercise) -> anyhow::Result<Option<String>> {
    if is_starter(&workshop.root, exercise)? {
        return Ok(None);
    }
    // Before the copy is made, so that a solution that cannot be cut changes nothing.
    let starter = starter(&workshop.root, exercise)?;
    let src = format!("{}/src", exercise.folder);
    let saved = Saved::new(&workshop.root)?;
    saved.keep(&src)?;
    let lib = workshop.root.join(exercise.source());
    for file in files_below(&workshop.root.join(&src))? {
        if file != lib {
            fs::remove_file(file)?;
        }
    }
    fs::write(lib, starter)?;
    Ok(Some(format!("{}/{src}", saved.shown())))
}
