//! The checks that run an exercise's own specs: `compiles`, `red`, `solution`.

use std::path::Path;
use std::time::Duration;

use spec_kit::TIMED_OUT;

use super::build::{Builds, Built};
use super::process::{End, TestExe};
use super::report::{Check, ExerciseReport, Tests, Verdict};
use super::solution_folder;
use super::texts::{Formatted, formatted};
use crate::exercise::Exercise;
use crate::libtest::Run;

/// A starter fails at its first `todo!()`; whatever takes this long waits for something.
const RED_LIMIT: Duration = Duration::from_secs(10);
/// A whole spec on the solution, on a machine that is busy with other things.
const SOLUTION_LIMIT: Duration = Duration::from_secs(120);

/// What a test prints that compares values and explains nothing.
const BARE: [&str; 4] = [
    "assertion `left == right` failed\n",
    "assertion `left != right` failed\n",
    "assertion failed: ",
    "called `Result::unwrap()`",
];

/// Runs the three checks, and the part of `lesson` that needs outputs: `bare_ones` are the decoys'.
pub fn judge(
    root: &Path,
    exercise: &Exercise,
    builds: &Builds,
    mut bare_ones: Vec<String>,
    report: &mut ExerciseReport,
) -> anyhow::Result<()> {
    let starter = builds.of(&root.join(&exercise.folder));
    report.checks.push(("compiles", compiles(starter)));
    let (check, tests) = match starter.and_then(|built| built.exe.as_ref()) {
        Some(exe) => red(exercise, exe, &mut bare_ones)?,
        None => (Check::skip("the spec did not compile on the starter"), Tests::default()),
    };
    report.tests = tests;
    report.checks.push(("red", check));

    let solution = builds.of(&root.join(solution_folder(exercise)));
    report.checks.push(("solution", solve(root, exercise, solution)?));

    bare_ones.sort();
    bare_ones.dedup();
    let messages = match bare_ones.join("\n") {
        none if none.is_empty() => Check::pass(""),
        some => Check::warn(format!("a failure compares values and explains nothing:\n{some}")),
    };
    report.checks.push(("messages", messages));
    Ok(())
}

fn compiles(built: Option<&Built>) -> Check {
    match built {
        Some(built) if built.exe.is_some() && built.messages.is_empty() => Check::pass(""),
        _ => Check::fail(messages(built)),
    }
}

/// What the compiler said.
pub fn messages(built: Option<&Built>) -> String {
    match built {
        Some(built) if !built.messages.is_empty() => built.messages.join("\n"),
        _ => "tests/spec.rs was not built, and rustc did not say why".to_owned(),
    }
}

fn red(exercise: &Exercise, exe: &TestExe, bare_ones: &mut Vec<String>) -> anyhow::Result<(Check, Tests)> {
    let names = exe.list()?;
    let mut tests = Tests { total: names.len(), ..Tests::default() };
    let mut problems = Vec::new();
    if names.is_empty() {
        problems.push("the spec has no test".to_owned());
    }
    for name in &names {
        let ran = exe.run_one(name, RED_LIMIT)?;
        bare_ones.extend(bare(name, &ran.output));
        let excused = exercise.may_pass.get(name);
        let problem = match ran.end {
            End::Passed if excused.is_some_and(|reason| !reason.trim().is_empty()) => {
                tests.may_pass += 1;
                None
            }
            End::Passed if excused.is_some() => Some("may-pass has no reason for it"),
            End::Passed => Some("passes on the starter"),
            End::Hung => Some("hangs on the starter: nothing bounds its wait"),
            End::Died(_) => Some("ends the test process instead of failing"),
            End::Failed if ran.output.contains(TIMED_OUT) => Some("fails on the starter by a time-out only"),
            End::Failed if !ran.output.contains("panicked at") => {
                Some("fails without an assertion or todo!()")
            }
            End::Failed => {
                tests.red_on_starter += 1;
                excused.map(|_| "fails on the starter, so its entry in may-pass is stale")
            }
        };
        problems.extend(problem.map(|problem| format!("{name}: {problem}")));
    }
    for stale in exercise.may_pass.keys().filter(|name| !names.contains(name)) {
        problems.push(format!("{stale}: is in may-pass, but the spec has no such test"));
    }
    Ok((Check::from_problems(&problems, ""), tests))
}

fn solve(root: &Path, exercise: &Exercise, built: Option<&Built>) -> anyhow::Result<Check> {
    let mut problems = Vec::new();
    let compiled = compiles(built);
    if compiled.verdict != Verdict::Pass {
        problems.push(compiled.detail);
    }
    if let Some(exe) = built.and_then(|built| built.exe.as_ref()) {
        let ran = exe.run(&[], SOLUTION_LIMIT)?;
        let run = Run::parse(&ran.output);
        match ran.end {
            End::Passed if run.green() => {}
            // A skipped test proves nothing.
            End::Passed => {
                problems.push(format!("{} tests ran, {} were ignored", run.tests.len(), run.ignored))
            }
            End::Failed => {
                let failed = run.tests.iter().filter(|test| !test.ok);
                problems.extend(failed.map(|test| {
                    format!(
                        "{} fails: {}",
                        test.name.trim_start_matches("spec::"),
                        test.message.as_deref().unwrap_or_default().trim()
                    )
                }));
            }
            End::Hung => problems.push(format!("still running after {} s", SOLUTION_LIMIT.as_secs())),
            End::Died(how) => problems.push(format!("the spec died: {how}")),
        }
    }
    if formatted(&root.join(exercise.solution()))? == Formatted::No {
        problems.push(format!("rustfmt would change {}", exercise.solution()));
    }
    Ok(Check::from_problems(&problems, ""))
}

/// What a failing test says when it compares values and explains nothing.
pub fn bare(test: &str, output: &str) -> Option<String> {
    BARE.iter().find(|found| output.contains(**found)).map(|found| format!("{test}: {}…", found.trim()))
}
