//! The checks that build and run: `compiles`, `red`, `solution`, `decoys`.

use std::path::Path;
use std::time::Duration;

use spec_kit::TIMED_OUT;

use super::build::{Builds, Built};
use super::process::{End, TestExe};
use super::report::{Check, DecoyReport, ExerciseReport, Tests, Verdict};
use super::scratch::Scratch;
use super::texts::{Formatted, formatted};
use super::{Prepared, solution_folder};
use crate::exercise::Exercise;
use crate::libtest::Run;

/// A starter fails at its first `todo!()`; whatever takes this long waits for something.
const RED_LIMIT: Duration = Duration::from_secs(10);
/// A decoy may run into a bounded wait of its spec (10 s), which then says so. This is for what nothing bounds.
const DECOY_LIMIT: Duration = Duration::from_secs(30);
/// A whole spec on the solution, on a machine that is busy with other things.
const SOLUTION_LIMIT: Duration = Duration::from_secs(120);

/// What a test prints that compares values and explains nothing.
const BARE: [&str; 4] = [
    "assertion `left == right` failed\n",
    "assertion `left != right` failed\n",
    "assertion failed: ",
    "called `Result::unwrap()`",
];

/// Everything that was built.
#[derive(Debug)]
pub struct Bench {
    /// Starters and solutions.
    pub builds: Builds,
    /// Where the decoys lie.
    pub scratch: Scratch,
    /// The decoys.
    pub decoys: Builds,
}

/// Runs the four checks, and the part of `lesson` that needs outputs.
pub fn judge(
    root: &Path,
    exercise: &Exercise,
    bench: &Bench,
    decoys: &[(String, Prepared)],
    report: &mut ExerciseReport,
) -> anyhow::Result<()> {
    let mut bare = Vec::new();
    let starter = bench.builds.of(&root.join(&exercise.folder));
    report.checks.push(("compiles", compiles(starter)));
    let (check, tests) = match starter.and_then(|built| built.exe.as_ref()) {
        Some(exe) => red(exercise, exe, &mut bare)?,
        None => (Check::skip("the spec did not compile on the starter"), Tests::default()),
    };
    report.tests = tests;
    report.checks.push(("red", check));

    let solution = bench.builds.of(&root.join(solution_folder(exercise)));
    report.checks.push(("solution", solve(root, exercise, solution)?));

    for (name, decoy) in decoys {
        report.decoys.push(match decoy {
            Ok((decoy, package)) => {
                let built = bench.decoys.of(&bench.scratch.folder(package));
                let (ok, detail) = match built.and_then(|built| built.exe.as_ref()) {
                    Some(exe) => kill(exe, &decoy.killed_by, &decoy.says, &mut bare)?,
                    None => (false, format!("does not compile\n{}", messages(built))),
                };
                DecoyReport { name: name.clone(), killed_by: decoy.killed_by.clone(), ok, detail }
            }
            Err(error) => DecoyReport {
                name: name.clone(),
                killed_by: String::new(),
                ok: false,
                detail: error.to_string(),
            },
        });
    }
    report.checks.push(("decoys", decoy_check(&report.decoys)));
    if !bare.is_empty() {
        bare.dedup();
        let detail = format!("a failure compares values and explains nothing:\n{}", bare.join("\n"));
        report.checks.push(("messages", Check::warn(detail)));
    } else {
        report.checks.push(("messages", Check::pass("")));
    }
    Ok(())
}

fn compiles(built: Option<&Built>) -> Check {
    match built {
        Some(built) if built.exe.is_some() && built.messages.is_empty() => Check::pass(""),
        _ => Check::fail(messages(built)),
    }
}

/// What the compiler said.
fn messages(built: Option<&Built>) -> String {
    match built {
        Some(built) if !built.messages.is_empty() => built.messages.join("\n"),
        _ => "tests/spec.rs was not built, and rustc did not say why".to_owned(),
    }
}

fn red(exercise: &Exercise, exe: &TestExe, bare: &mut Vec<String>) -> anyhow::Result<(Check, Tests)> {
    let names = exe.list()?;
    let mut tests = Tests { total: names.len(), ..Tests::default() };
    let mut problems = Vec::new();
    if names.is_empty() {
        problems.push("the spec has no test".to_owned());
    }
    for name in &names {
        let ran = exe.run_one(name, RED_LIMIT)?;
        note_bare(name, &ran.output, bare);
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

/// Whether the named test catches the decoy with the right words; if not, why not.
fn kill(exe: &TestExe, test: &str, says: &str, bare: &mut Vec<String>) -> anyhow::Result<(bool, String)> {
    // The decoy's tests/spec.rs holds the spec as a module.
    let name = format!("spec::{test}");
    if !exe.list()?.contains(&name) {
        return Ok((false, format!("the spec has no test {test}")));
    }
    let ran = exe.run_one(&name, DECOY_LIMIT)?;
    note_bare(test, &ran.output, bare);
    Ok(match ran.end {
        End::Passed => (false, format!("survives: {test} passes")),
        End::Hung => (false, format!("hangs: {test} was still running after {} s", DECOY_LIMIT.as_secs())),
        End::Died(how) => (false, format!("{test} ends the test process instead of failing: {how}")),
        End::Failed if !ran.output.contains(says) => (
            false,
            format!("{test} fails, but does not say `{says}`; it says:\n{}", first_lines(&ran.output)),
        ),
        End::Failed => (true, String::new()),
    })
}

fn decoy_check(decoys: &[DecoyReport]) -> Check {
    let mut problems: Vec<String> = decoys
        .iter()
        .filter(|decoy| !decoy.ok)
        .map(|decoy| format!("{}: {}", decoy.name, decoy.detail))
        .collect();
    if decoys.len() < 2 {
        problems.insert(0, format!("expected at least two decoys, got {}", decoys.len()));
    }
    Check::from_problems(&problems, "")
}

fn note_bare(test: &str, output: &str, bare: &mut Vec<String>) {
    if let Some(found) = BARE.iter().find(|found| output.contains(**found)) {
        bare.push(format!("{test}: {}…", found.trim()));
    }
}

/// The beginning of a test's own words, without libtest's frame.
fn first_lines(output: &str) -> String {
    let words = output.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("running "));
    words.take(8).collect::<Vec<_>>().join("\n")
}
