//! The checks that only read files: `starter`, `readme`, `page`, `lesson`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;

use super::coverage::pages_showing;
use super::readme;
use super::report::Check;
use super::solution_folder;
use crate::exercise::Exercise;
use crate::starter::{holes_of, starter_of};

/// As much of a drift as is shown: enough to see what it is about.
const DIFF_LINES: usize = 12;

/// The files that every exercise has, but this one has not: nothing can be checked without them.
pub fn missing(root: &Path, exercise: &Exercise) -> Vec<String> {
    let folder = solution_folder(exercise);
    let spec = format!("{folder}/tests/spec.rs");
    let files = [exercise.source(), exercise.spec(), exercise.solution(), spec];
    files.into_iter().filter(|file| !root.join(file).is_file()).collect()
}

/// Runs the four checks.
pub fn checks(
    root: &Path,
    exercise: &Exercise,
    concepts: &BTreeSet<String>,
) -> anyhow::Result<Vec<(&'static str, Check)>> {
    let solution = read(&root.join(exercise.solution()))?;
    Ok(vec![
        ("starter", starter(root, exercise, &solution)?),
        ("readme", readme(root, exercise, &solution, concepts)?),
        ("page", page(root, exercise)?),
        ("lesson", lesson(&read(&root.join(exercise.spec()))?)),
    ])
}

fn starter(root: &Path, exercise: &Exercise, solution: &str) -> anyhow::Result<Check> {
    let wanted = match starter_of(solution, &exercise.id) {
        Ok(wanted) => wanted,
        Err(error) => return Ok(Check::fail(format!("{}: {error}", exercise.solution()))),
    };
    let path = root.join(exercise.source());
    let written = read(&path)?;
    if written != wanted {
        return Ok(Check::fail(format!(
            "{} is not what the solution says; `cargo workshop generate {}` writes it anew\n{}",
            exercise.source(),
            exercise.id,
            short_diff(&written, &wanted)
        )));
    }
    Ok(match formatted(&path)? {
        Formatted::Yes => Check::pass(""),
        Formatted::No => Check::fail(format!(
            "rustfmt would change {}: put the line breaks of the solution where they also fit the starter",
            exercise.source()
        )),
        Formatted::Unknown => Check::warn("rustfmt is not installed: the format was not checked"),
    })
}

fn short_diff(old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new).unified_diff().context_radius(1).to_string();
    let mut lines: Vec<&str> = diff.lines().collect();
    if lines.len() > DIFF_LINES {
        lines.truncate(DIFF_LINES);
        lines.push("…");
    }
    lines.join("\n")
}

fn readme(
    root: &Path,
    exercise: &Exercise,
    solution: &str,
    concepts: &BTreeSet<String>,
) -> anyhow::Result<Check> {
    let path = root.join(&exercise.folder).join("README.md");
    if !path.is_file() {
        return Ok(Check::fail("README.md is missing"));
    }
    // Broken holes are the starter's complaint.
    let holes = holes_of(solution).unwrap_or_default();
    Ok(Check::from_problems(&readme::problems(exercise, &read(&path)?, &holes, concepts), ""))
}

fn page(root: &Path, exercise: &Exercise) -> anyhow::Result<Check> {
    let mut problems = Vec::new();
    if !root.join("book/text").join(&exercise.page).is_file() {
        problems.push(format!("there is no page book/text/{}", exercise.page));
    }
    let showing = pages_showing(root, exercise)?;
    if showing.is_empty() {
        problems.push(format!(
            "no page of book/text/ch{:02}/ shows it: expected `{{{{#exercise {}}}}}` on one of them",
            exercise.chapter, exercise.id
        ));
    }
    Ok(Check::from_problems(&problems, format!("shown on {}", showing.join(", "))))
}

fn lesson(spec: &str) -> Check {
    match spec.lines().take_while(|line| line.starts_with("//!")).count() {
        0..3 => Check::fail(
            "the spec does not open with a lesson: expected `//!` lines that say what it is about",
        ),
        _ => Check::pass(""),
    }
}

/// What rustfmt thinks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formatted {
    Yes,
    No,
    Unknown,
}

/// Asks rustfmt, which finds the project's rustfmt.toml above the file.
pub fn formatted(file: &Path) -> anyhow::Result<Formatted> {
    let run = std::process::Command::new("rustfmt")
        .args(["--check", "--quiet", "--edition", "2024"])
        .arg(file)
        .output();
    Ok(match run {
        Ok(run) if run.status.success() => Formatted::Yes,
        Ok(_) => Formatted::No,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Formatted::Unknown,
        Err(error) => return Err(error).context("cannot start rustfmt"),
    })
}

/// A file's text, with the line ends of this project whatever git made of them.
pub fn read(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}
