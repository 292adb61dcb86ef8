//! `cargo workshop verify`: the gate that every exercise has to pass.
//!
//! ```text
//!   starter   is what `generate` cuts out of the solution
//!   compiles  starter and spec, without a warning
//!   red       every test fails on the starter, by an assertion or todo!(), not by a time-out
//!   solution  passes the same spec, without a warning, formatted
//!   decoys    plausible wrong answers, each caught by the test that it names
//!   readme    keeps its promises: title, minutes, lines, concepts, three hints, no spoiler
//!   page      the book has the page, and shows the exercise
//!   lesson    the spec opens with one, and no failure says only `left != right`
//! ```
//!
//! A check that cannot run says why and counts as skipped, never as passed.

mod build;
mod coverage;
mod decoys;
mod kills;
mod lines;
mod mutants;
mod process;
mod readme;
mod report;
mod scratch;
mod specs;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use crate::chapters::CHAPTERS;
use crate::exercise::{self, Exercise};
use crate::out::{say, say_json};
use crate::paint::Paint;
use crate::problem::{BROKEN, FINE, Problem, RED};
use build::Builds;
use coverage::Concepts;
use kills::{Case, Kill};
use report::{Check, ExerciseReport, Report};
use scratch::Scratch;

/// What to verify.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exercises, such as 01-03; all if none is named.
    ids: Vec<String>,
    /// Only the exercises of this chapter, and the chapter itself.
    #[arg(long, value_name = "N", conflicts_with = "ids")]
    chapter: Option<u8>,
    /// Only show what the spec says to this wrong answer of one exercise.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["chapter", "json", "mutants"], requires = "ids")]
    decoy: Option<String>,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    json: bool,
    /// Also run cargo-mutants on the solutions, and demand that their specs notice.
    #[arg(long)]
    mutants: bool,
}

/// Runs the gate. Progress goes to standard error, the result to standard output.
///
/// # Errors
/// When the gate itself cannot work: cargo is missing, a file cannot be read, no such exercise.
pub fn run(root: &Path, args: Args) -> anyhow::Result<ExitCode> {
    let all = Exercise::all(root)?;
    let chosen = choose(&all, &args)?;
    if let Some(name) = &args.decoy {
        return show(root, &chosen, name);
    }
    if args.mutants && !mutants::installed(root) {
        eprintln!("cargo-mutants is missing; install it with `cargo install cargo-mutants --locked`");
        return Ok(ExitCode::from(BROKEN));
    }
    let concepts = Concepts::read(root)?;

    let exercises = examine(root, &chosen, &concepts)?;
    let exercises = if args.mutants { mutants::add(root, &chosen, exercises)? } else { exercises };

    // Whoever names exercises wants to know about those; the chapters belong to the whole.
    let numbers = match args.chapter {
        Some(number) => vec![number],
        None if args.ids.is_empty() => {
            std::iter::once(0).chain(CHAPTERS.map(|chapter| chapter.number)).collect()
        }
        None => Vec::new(),
    };
    let mut chapters = Vec::new();
    for number in numbers {
        chapters.push(coverage::chapter(root, number, &concepts, &all)?);
    }

    let report = Report::new(exercises, chapters);
    if args.json {
        say_json(&report)?;
    } else {
        say(&lines::of(&report, Paint::for_stdout()))?;
    }
    Ok(ExitCode::from(if report.ok { FINE } else { RED }))
}

/// Shows one decoy's failure, as a reader with this mistake would see it.
fn show(root: &Path, chosen: &[Exercise], name: &str) -> anyhow::Result<ExitCode> {
    let [exercise] = chosen else {
        anyhow::bail!("--decoy takes one exercise, such as `verify 01-01 --decoy NAME`")
    };
    let mut found = decoys::of_solution(&root.join(solution_folder(exercise)))?;
    let Some(index) = found.iter().position(|(known, _)| known == name) else {
        let known: Vec<_> = found.into_iter().map(|(known, _)| known).collect();
        anyhow::bail!("{} has no decoy {name}; it has: {}", exercise.id, known.join(", "));
    };
    let (name, decoy) = found.swap_remove(index);
    let mut scratch = Scratch::new(root)?;
    let case = Case::prepare(root, &mut scratch, exercise, name, decoy)?;
    let packages: Vec<String> = scratch.packages.iter().cloned().collect();
    let builds = build::specs(root, &scratch.path, &packages)?;
    say(&case.words(&builds)?)?;
    Ok(ExitCode::from(FINE))
}

fn choose(all: &[Exercise], args: &Args) -> Result<Vec<Exercise>, Problem> {
    if let Some(number) = args.chapter {
        let last = CHAPTERS[CHAPTERS.len() - 1].number;
        if number > last {
            return Err(Problem::UnknownChapter { given: number.to_string(), last });
        }
        return Ok(all.iter().filter(|exercise| exercise.chapter == number).cloned().collect());
    }
    if args.ids.is_empty() {
        return Ok(all.to_vec());
    }
    args.ids.iter().map(|id| exercise::find(all, id).cloned()).collect()
}

/// Builds everything in two runs of cargo, then runs the decoys and judges the exercises, two at a time.
fn examine(root: &Path, chosen: &[Exercise], concepts: &Concepts) -> anyhow::Result<Vec<ExerciseReport>> {
    let whole = |exercise: &&Exercise| texts::missing(root, exercise).is_empty();
    let here: Vec<&Exercise> = chosen.iter().filter(|exercise| exercise.available()).filter(whole).collect();
    eprintln!("verify: building {} starters and their solutions", here.len());
    let packages: Vec<String> =
        here.iter().flat_map(|exercise| [exercise.package(), format!("sol{}", exercise.id)]).collect();
    let builds = build::specs(root, root, &packages)?;

    let mut scratch = Scratch::new(root)?;
    let mut cases = Vec::new();
    for exercise in here {
        for (name, decoy) in decoys::of_solution(&root.join(solution_folder(exercise)))? {
            cases.push(Case::prepare(root, &mut scratch, exercise, name, decoy)?);
        }
    }
    scratch.sweep()?;
    eprintln!("verify: building {} decoys", scratch.packages.len());
    let packages: Vec<String> = scratch.packages.iter().cloned().collect();
    let decoy_builds = build::specs(root, &scratch.path, &packages)?;
    eprintln!("verify: running {} decoys", cases.len());
    let kills = process::for_each(&cases, |case| case.run(&decoy_builds));
    let kills: Vec<Kill> = kills.into_iter().collect::<anyhow::Result<_>>()?;

    let known = concepts.ids();
    let judged = process::for_each(chosen, |exercise| {
        eprintln!("verify: {} {}", exercise.id, exercise.name);
        judge(root, exercise, &builds, &kills, &known)
    });
    judged.into_iter().collect()
}

/// All checks of one exercise.
fn judge(
    root: &Path,
    exercise: &Exercise,
    builds: &Builds,
    kills: &[Kill],
    concepts: &BTreeSet<String>,
) -> anyhow::Result<ExerciseReport> {
    let mut report = ExerciseReport {
        id: exercise.id.clone(),
        name: exercise.name.clone(),
        chapter: exercise.chapter,
        os_skipped: !exercise.available(),
        tests: report::Tests::default(),
        checks: Vec::new(),
        decoys: Vec::new(),
        mutants: None,
    };
    let missing = texts::missing(root, exercise);
    if !missing.is_empty() {
        report.checks.push(("files", Check::fail(format!("missing: {}", missing.join(", ")))));
        return Ok(report);
    }
    if exercise.available() {
        let own = || kills.iter().filter(|kill| kill.exercise == exercise.id);
        let bare = own().filter_map(|kill| kill.bare.clone()).collect();
        specs::judge(root, exercise, builds, bare, &mut report)?;
        report.decoys = own().map(|kill| kill.report.clone()).collect();
        report.checks.push(("decoys", kills::check(&report.decoys)));
    } else {
        let os = exercise.os.as_deref().unwrap_or_default();
        let why = format!("needs {os}, this is {}", std::env::consts::OS);
        for name in ["compiles", "red", "solution", "decoys"] {
            report.checks.push((name, Check::skip(&why)));
        }
    }
    report.checks.extend(texts::checks(root, exercise, concepts)?);
    Ok(report)
}

/// The folder of an exercise's solution, from the root.
fn solution_folder(exercise: &Exercise) -> String {
    exercise.solution().trim_end_matches("/src/lib.rs").to_owned()
}
