//! The subcommands, one file each.

pub mod book;
pub mod check;
pub mod demo;
pub mod doctor;
pub mod hint;
pub mod list;
pub mod next;
pub mod reset;
pub mod solution;
pub mod status;
pub mod upgrade;

use crate::exercise::{self, Exercise};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::root::Workshop;
use crate::state::Standing;

/// The runner's notes; says on standard error when they had to be begun anew.
fn notes(workshop: &Workshop) -> anyhow::Result<Progress> {
    let (progress, lost) = Progress::load(&workshop.notes())?;
    if let Some(line) = lost {
        eprintln!("workshop: {line}");
        progress.save(&workshop.notes())?;
    }
    Ok(progress)
}

/// The exercise that was named, or the one to work on.
fn named_or_current<'a>(workshop: &'a Workshop, given: Option<&str>) -> anyhow::Result<&'a Exercise> {
    if let Some(given) = given {
        return Ok(exercise::find(&workshop.exercises, given)?);
    }
    let standing = Standing::look(workshop, &notes(workshop)?)?;
    match standing.current {
        Some(id) => Ok(exercise::find(&workshop.exercises, &id)?),
        None => Err(Problem::Refused("every exercise is done; name one, such as 01-03".to_owned()).into()),
    }
}

/// Remembers what the reader turned to, so that the next command means the same exercise.
fn choose(workshop: &Workshop, exercise: &Exercise) -> anyhow::Result<()> {
    Progress::update(&workshop.notes(), |progress| progress.chosen = Some(exercise.id.clone()))
}

/// `book/text/ch01/pieces.md` has a title; this is how a reader opens it.
fn read_line(workshop: &Workshop, exercise: &Exercise) -> String {
    format!("\"{}\" in the book (cargo workshop book)", exercise.page_title(&workshop.root))
}

/// Cargo is told to be quiet; the first build is long enough to say so.
fn say_first_build(workshop: &Workshop, program: &str) {
    let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    if !workshop.target().join("debug").join(&program).is_file() {
        eprintln!("building {program}; the first time takes a minute or two …");
    }
}
