//! `verify --mutants`: cargo-mutants changes one thing in a solution at a time; the spec has to notice.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;

use anyhow::Context as _;
use serde::Deserialize;

use super::report::{ExerciseReport, Mutants, Verdict};
use super::{solution_folder, texts};
use crate::check::cargo;
use crate::exercise::Exercise;

/// A spec that notices less leaves a reader alone with a wrong answer. In per cent.
const THRESHOLD: f64 = 97.0;

/// `solutions/…/mutants.toml`: mutants that change no behaviour a caller could see.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowList {
    #[serde(default)]
    equivalent: Vec<Equivalent>,
}

/// One mutant that no test can kill. It is found by its words and its line of code, not by a line number,
/// so an edit above it does not make the entry stale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalent {
    /// What cargo-mutants calls it, without the place: `replace < with <= in read_exactly`.
    name: String,
    /// The line of the solution that it changes, without its indentation.
    code: String,
    /// Why no test could tell the difference.
    reason: String,
}

#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: Summary,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant(Mutant),
}

#[derive(Deserialize)]
struct Mutant {
    name: String,
    file: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    start: Position,
}

#[derive(Deserialize)]
struct Position {
    line: usize,
}

#[derive(Deserialize, PartialEq, Eq)]
enum Summary {
    Success,
    CaughtMutant,
    MissedMutant,
    Unviable,
    Failure,
    Timeout,
}

/// Whether `cargo mutants` is there.
pub fn installed(root: &Path) -> bool {
    let run = cargo(root).args(["mutants", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// Adds the mutants to the reports of the exercises whose solution is green here.
pub fn add(
    root: &Path,
    chosen: &[Exercise],
    mut reports: Vec<ExerciseReport>,
) -> anyhow::Result<Vec<ExerciseReport>> {
    // A solution that is not green would stop cargo-mutants before the first mutant; it has failed anyway.
    let green = |exercise: &&Exercise| {
        let report = reports.iter().find(|report| report.id == exercise.id);
        let mut checks = report.iter().flat_map(|report| &report.checks);
        checks.any(|(name, check)| *name == "solution" && check.verdict == Verdict::Pass)
    };
    let here: Vec<&Exercise> = chosen.iter().filter(green).collect();
    if here.is_empty() {
        return Ok(reports);
    }
    eprintln!("verify: mutating {} solutions", here.len());
    let outcomes = run(root, &here)?;
    let mut by_file: HashMap<&str, Vec<&Outcome>> = HashMap::new();
    for outcome in &outcomes.outcomes {
        if let Scenario::Mutant(mutant) = &outcome.scenario {
            by_file.entry(&mutant.file).or_default().push(outcome);
        }
    }
    for exercise in here {
        let file = exercise.solution();
        let found = by_file.remove(file.as_str()).unwrap_or_default();
        let mutants = tally(&texts::read(&root.join(&file))?, &allow_list(root, exercise)?, &found);
        if let Some(report) = reports.iter_mut().find(|report| report.id == exercise.id) {
            report.mutants = Some(mutants);
        }
    }
    Ok(reports)
}

/// One run for all, so that the tree is copied and the dependencies are built once.
fn run(root: &Path, exercises: &[&Exercise]) -> anyhow::Result<Outcomes> {
    let output = root.join("target/workshop/mutants");
    std::fs::create_dir_all(&output).with_context(|| format!("cannot create {}", output.display()))?;
    let mut command = cargo(root);
    command.arg("mutants").args(["--no-shuffle", "--colors=never", "--jobs=2", "--baseline=run"]);
    command.arg("--dir").arg(root).arg("--output").arg(&output);
    for exercise in exercises {
        command.args(["--package", &format!("sol{}", exercise.id), "--file", &exercise.solution()]);
    }
    // The copies need target folders of their own; its progress belongs on our standard error.
    command.env_remove("CARGO_TARGET_DIR").stdin(Stdio::null()).stdout(std::io::stderr());
    let status = command.status().context("cannot start cargo mutants")?;
    // 0: all caught. 2: some missed. 3: some timed out. All else means that it could not do its work.
    anyhow::ensure!(
        matches!(status.code(), Some(0 | 2 | 3)),
        "cargo mutants could not do its work ({status}); its log is in {}",
        output.display()
    );
    let path = output.join("mutants.out/outcomes.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}

fn allow_list(root: &Path, exercise: &Exercise) -> anyhow::Result<AllowList> {
    let path = root.join(solution_folder(exercise)).join("mutants.toml");
    if !path.is_file() {
        return Ok(AllowList::default());
    }
    toml::from_str(&texts::read(&path)?).with_context(|| format!("in {}", path.display()))
}

fn tally(solution: &str, allowed: &AllowList, found: &[&Outcome]) -> Mutants {
    let lines: Vec<&str> = solution.lines().collect();
    let mut mutants = Mutants::default();
    let mut used = vec![false; allowed.equivalent.len()];
    for outcome in found {
        let Scenario::Mutant(mutant) = &outcome.scenario else { continue };
        match outcome.summary {
            Summary::CaughtMutant | Summary::Timeout => {
                mutants.viable += 1;
                mutants.killed += 1;
            }
            Summary::MissedMutant => {
                let code = lines.get(mutant.span.start.line.saturating_sub(1)).map_or("", |line| line.trim());
                let name = without_place(&mutant.name);
                let entry = allowed.equivalent.iter().position(|entry| {
                    entry.name == name && entry.code == code && !entry.reason.trim().is_empty()
                });
                if let Some(index) = entry {
                    used[index] = true;
                    mutants.equivalent.push(format!("{name}: {}", allowed.equivalent[index].reason));
                } else {
                    mutants.viable += 1;
                    mutants.survivors.push(format!("{}  in `{code}`", mutant.name));
                }
            }
            Summary::Unviable | Summary::Success | Summary::Failure => {}
        }
    }
    let unused = allowed.equivalent.iter().zip(used).filter(|(_, used)| !used);
    mutants.stale = unused.map(|(entry, _)| format!("{}  in `{}`", entry.name, entry.code)).collect();
    mutants.rate =
        if mutants.viable == 0 { 100.0 } else { 100.0 * mutants.killed as f64 / mutants.viable as f64 };
    mutants.ok = mutants.rate >= THRESHOLD && mutants.stale.is_empty();
    mutants
}

/// `solutions/…/lib.rs:46:15: replace < with <=` without the place.
fn without_place(name: &str) -> &str {
    name.splitn(4, ':').nth(3).unwrap_or(name).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "fn f() {\n    a < b\n}\n";

    fn outcome(column: u32, what: &str, summary: &str) -> Outcome {
        serde_json::from_value(serde_json::json!({
            "scenario": { "Mutant": {
                "name": format!("s/src/lib.rs:2:{column}: {what}"),
                "file": "s/src/lib.rs",
                "span": { "start": { "line": 2, "column": column } },
            } },
            "summary": summary,
        }))
        .unwrap()
    }

    fn allow(text: &str) -> AllowList {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn counts_the_dead_and_names_the_survivors() {
        let outcomes = [
            outcome(1, "one", "CaughtMutant"),
            outcome(2, "two", "Timeout"),
            outcome(3, "three", "Unviable"),
            outcome(4, "four", "MissedMutant"),
        ];
        let mutants = tally(SOLUTION, &AllowList::default(), &outcomes.iter().collect::<Vec<_>>());
        assert_eq!((mutants.killed, mutants.viable, mutants.ok), (2, 3, false));
        assert!((mutants.rate - 66.7).abs() < 0.1, "{}", mutants.rate);
        assert_eq!(mutants.survivors, ["s/src/lib.rs:2:4: four  in `a < b`"]);
    }

    #[test]
    fn an_equivalent_one_is_excused_while_it_survives() {
        let list = allow("[[equivalent]]\nname = \"one\"\ncode = \"a < b\"\nreason = \"never equal\"");
        let missed = tally(SOLUTION, &list, &[&outcome(1, "one", "MissedMutant")]);
        assert!(missed.ok && missed.equivalent == ["one: never equal"], "{missed:?}");
        let caught = tally(SOLUTION, &list, &[&outcome(1, "one", "CaughtMutant")]);
        assert!(!caught.ok && caught.stale == ["one  in `a < b`"], "{caught:?}");
    }

    #[test]
    fn an_excuse_without_a_reason_or_for_another_line_excuses_nothing() {
        for text in [
            "[[equivalent]]\nname = \"one\"\ncode = \"a < b\"\nreason = \"\"",
            "[[equivalent]]\nname = \"one\"\ncode = \"a > b\"\nreason = \"r\"",
        ] {
            assert!(!tally(SOLUTION, &allow(text), &[&outcome(1, "one", "MissedMutant")]).ok, "{text}");
        }
    }
}
