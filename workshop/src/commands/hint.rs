//! `cargo workshop hint`: one nudge at a time.

use std::fmt::Write as _;

use crate::exercise::Exercise;
use crate::out::say;
use crate::paint::Paint;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::root::Workshop;

/// Which hint.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  cargo workshop hint          the next hint for what you are on\n  cargo workshop hint 01-03 2  the second hint of 01-03"
)]
pub struct Args {
    /// An exercise, such as 01-03; the one you are on if none is named.
    id: Option<String>,
    /// 1 is a nudge, 2 the approach, 3 almost the code; the next unseen one if none is named.
    #[arg(value_parser = clap::value_parser!(u8).range(1..=9))]
    level: Option<u8>,
}

/// Prints one hint and remembers that it was seen.
///
/// # Errors
/// When the exercise or the hint does not exist.
pub fn run(workshop: &Workshop, args: &Args) -> anyhow::Result<()> {
    // `hint 2` is a level, not an exercise.
    let (id, level) = match (&args.id, args.level) {
        (Some(id), None) if id.len() == 1 => match id.parse::<u8>() {
            Ok(level) => (None, Some(level)),
            Err(_) => (Some(id.as_str()), None),
        },
        (id, level) => (id.as_deref(), level),
    };
    let exercise = super::named_or_current(workshop, id)?;
    let hint = Hint::of(workshop, exercise, level.map(usize::from))?;
    let paint = Paint::for_stdout();
    let mut text = String::new();
    let title = format!("{} {}: hint {} of {}", exercise.id, exercise.title, hint.level, hint.of);
    let _ = writeln!(text, "{}\n\n{}\n", paint.bold(&title), hint.text);
    let after = if hint.level < hint.of {
        format!("More: cargo workshop hint {} {}", exercise.id, hint.level + 1)
    } else {
        format!("That was the last. To see an answer: cargo workshop solution {} --give-up", exercise.id)
    };
    let _ = writeln!(text, "{}", paint.dim(&after));
    say(&text)
}

/// One hint, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// From 1.
    pub level: usize,
    /// How many there are.
    pub of: usize,
    /// What it says.
    pub text: String,
}

impl Hint {
    /// The hint of this level, or the next unseen one (the last one when all were seen). It counts as seen.
    ///
    /// # Errors
    /// When there is no such hint.
    pub fn of(workshop: &Workshop, exercise: &Exercise, level: Option<usize>) -> anyhow::Result<Self> {
        let hints = exercise.hints(&workshop.root)?;
        let (progress, _) = Progress::load(&workshop.notes())?;
        let seen = progress.hints(&exercise.id);
        let level = level.unwrap_or((seen + 1).min(hints.len()));
        let text = level.checked_sub(1).and_then(|index| hints.get(index)).ok_or_else(|| {
            Problem::Refused(format!("{} has {} hints; there is no hint {level}", exercise.id, hints.len()))
        })?;
        Progress::update(&workshop.notes(), |progress| {
            let note = progress.note(&exercise.id);
            note.hints = note.hints.max(level);
        })?;
        Ok(Self { level, of: hints.len(), text: text.clone() })
    }
}
