//! `cargo workshop check`: runs specs and shows their verdicts.

use std::fmt::Write as _;

use serde_json::json;

use crate::chapters::CHAPTERS;
use crate::check::{self, Outcome};
use crate::child::Leash;
use crate::exercise::{self, Exercise};
use crate::out::{say, say_json};
use crate::paint::Paint;
use crate::problem::{self, Problem};
use crate::progress::Progress;
use crate::root::Workshop;
use crate::show;
use crate::state::Standing;

/// What to check.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  cargo workshop check            what you are on\n  cargo workshop check 01-03      one exercise\n  cargo workshop check chapter 1  a whole chapter\n  cargo workshop check --all      everything\n\nExit code: 0 green, 1 red, 2 no such exercise, 3 cargo could not build."
)]
pub struct Args {
    /// An exercise, such as 01-03, or `chapter N`; the one you are on if none is named.
    #[arg(value_name = "ID | chapter N", num_args = 0..=2)]
    what: Vec<String>,
    /// Every exercise that this machine can run.
    #[arg(long, conflicts_with = "what")]
    all: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Print what cargo and the tests printed, unchanged.
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

/// Checks, and returns the exit code.
///
/// # Errors
/// When the exercise does not exist or cargo cannot be started.
pub fn run(workshop: &Workshop, args: &Args, leash: &Leash) -> anyhow::Result<u8> {
    super::notes(workshop)?;
    let chosen = chosen(workshop, args)?;
    let paint = Paint::for_stdout();
    let several = chosen.len() > 1;
    let mut reports = Vec::new();
    let mut code = problem::FINE;
    for exercise in chosen {
        if !exercise.available() {
            eprintln!(
                "{} needs {}; skipped",
                exercise.id,
                exercise.os.as_deref().unwrap_or("another system")
            );
            continue;
        }
        eprintln!("checking {} {} …", exercise.id, exercise.title);
        let report = check::check(workshop, exercise, paint.on(), leash)?;
        code = code.max(match report.outcome {
            Outcome::Green => problem::FINE,
            Outcome::NotBuilt => problem::BROKEN,
            _ => problem::RED,
        });
        if args.json {
            reports.push(show::as_json(&report, exercise));
            continue;
        }
        let mut text = String::new();
        if args.raw {
            let _ = write!(text, "{}{}", report.cargo, report.printed);
        } else {
            let _ = writeln!(text, "{}", show::headline(&report, exercise, paint));
            if !several {
                let _ = writeln!(text, "  {}\n", paint.link(&workshop.root, &exercise.source()));
                text.push_str(&show::body(&report, &workshop.root, paint));
                text.push_str(&after(workshop, exercise, &report.outcome, paint)?);
            }
        }
        say(&text)?;
        if leash.pulled() {
            break;
        }
    }
    if args.json {
        say_json(&json!({ "ok": code == problem::FINE, "exercises": reports }))?;
    }
    Ok(code)
}

fn chosen<'a>(workshop: &'a Workshop, args: &Args) -> anyhow::Result<Vec<&'a Exercise>> {
    if args.all {
        return Ok(workshop.exercises.iter().collect());
    }
    match args.what.as_slice() {
        [word, number] if word == "chapter" => {
            let last = CHAPTERS[CHAPTERS.len() - 1].number;
            let chapter = number
                .parse()
                .ok()
                .filter(|number| (1..=last).contains(number))
                .ok_or_else(|| Problem::UnknownChapter { given: number.clone(), last })?;
            let found: Vec<&Exercise> =
                workshop.exercises.iter().filter(|exercise| exercise.chapter == chapter).collect();
            if found.is_empty() {
                return Err(Problem::NotWritten { number: chapter }.into());
            }
            Ok(found)
        }
        [_, second, ..] => {
            Err(Problem::Refused(format!("expected one exercise or `chapter N`; {second} is one too many"))
                .into())
        }
        [id] => {
            let exercise = exercise::find(&workshop.exercises, id)?;
            super::choose(workshop, exercise)?;
            Ok(vec![exercise])
        }
        [] => Ok(vec![super::named_or_current(workshop, None)?]),
    }
}

/// What to do after this verdict.
fn after(
    workshop: &Workshop,
    exercise: &Exercise,
    outcome: &Outcome,
    paint: Paint,
) -> anyhow::Result<String> {
    let standing = Standing::look(workshop, &Progress::load(&workshop.notes())?.0)?;
    let id = &exercise.id;
    Ok(match outcome {
        Outcome::Green => {
            let next = standing.next_after(id).map_or_else(
                || "  That was the last one.\n".to_owned(),
                |next| format!("  Next: {} {}\n", next.id, next.title),
            );
            format!("{next}  {}\n", paint.dim(&format!("Compare: cargo workshop solution {id}")))
        }
        Outcome::Red | Outcome::TimedOut | Outcome::Crashed(_) => {
            format!("\n  {}\n", paint.dim(&format!("Stuck? cargo workshop hint {id}")))
        }
        _ => String::new(),
    })
}
