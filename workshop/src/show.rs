//! A verdict as text.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::check::{Outcome, Report, spec_limit};
use crate::exercise::Exercise;
use crate::libtest::Test;
use crate::paint::Paint;

/// The signs of a test, beside the colours.
const PASSED: &str = "✓";
const FAILED: &str = "✗";

/// The verdict in one line: `01-01 Read exactly n bytes: 3 of 8 tests pass`.
pub fn headline(report: &Report, exercise: &Exercise, paint: Paint) -> String {
    let name = format!("{} {}", exercise.id, exercise.title);
    let passed = format!("{} of {} tests pass", report.passed(), report.tests.len());
    let (sign, what) = match &report.outcome {
        Outcome::Green => (paint.good(PASSED), format!("all {} tests pass", report.tests.len())),
        Outcome::Red => (paint.bad(FAILED), passed),
        Outcome::NotCompiled => (paint.bad(FAILED), "it does not compile yet".to_owned()),
        Outcome::NotBuilt => (paint.bad(FAILED), "cargo could not build it".to_owned()),
        Outcome::Crashed(how) => (paint.bad(FAILED), how.clone()),
        Outcome::TimedOut => (
            paint.bad(FAILED),
            format!(
                "the tests were still running after {} s: a loop that never ends? They were stopped",
                spec_limit().as_secs()
            ),
        ),
        Outcome::Cancelled => (paint.dim("–"), "ended before there was a verdict".to_owned()),
    };
    let took = paint.dim(&format!("({:.1} s)", report.took.as_secs_f64()));
    format!("{sign} {}: {what} {took}", paint.bold(&name))
}

/// What stands below the headline: the first failing test in full, the others in a line each; or what
/// rustc said.
pub fn body(report: &Report, root: &Path, paint: Paint) -> String {
    let mut text = String::new();
    match report.outcome {
        Outcome::NotCompiled | Outcome::NotBuilt => {
            let said = report.cargo.trim_end();
            let _ = writeln!(text, "{said}");
        }
        Outcome::Crashed(_) if report.first_failed().is_none() => {
            let _ = writeln!(text, "{}", report.printed.trim_end());
            let _ = writeln!(text, "{}", report.cargo.trim_end());
        }
        Outcome::Green | Outcome::Cancelled => {}
        _ => {
            if let Some(test) = report.first_failed() {
                text.push_str(&in_full(test, root, paint));
                text.push('\n');
            }
            let first = report.first_failed();
            for test in report.tests.iter().filter(|test| Some(&test.name) != first.map(|test| &test.name)) {
                // The same words eight times would hide what is different.
                let same = first.is_some_and(|first| first.message == test.message);
                let line = if same {
                    format!("{} {}  {}", paint.bad(FAILED), test.name, paint.dim("likewise"))
                } else {
                    in_a_line(test, paint)
                };
                let _ = writeln!(text, "  {line}");
            }
        }
    }
    text
}

fn in_full(test: &Test, root: &Path, paint: Paint) -> String {
    let mut text = format!("  {} {}", paint.bad(FAILED), paint.bold(&test.name));
    if let Some(place) = &test.place {
        let (path, line) = place.split_once(':').unwrap_or((place, ""));
        let line = line.split(':').next().unwrap_or_default();
        let _ = write!(text, "  {}{}", paint.link(root, path), paint.dim(&format!(":{line}")));
    }
    text.push_str("\n\n");
    for line in explained(test).lines() {
        let _ = writeln!(text, "{}", format!("    {line}").trim_end());
    }
    text
}

/// One line for a test: its sign, its name, and the first line of what it said.
pub fn in_a_line(test: &Test, paint: Paint) -> String {
    if test.ok {
        return format!("{} {}", paint.good(PASSED), test.name);
    }
    let said = explained(test);
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    format!("{} {}  {}", paint.bad(FAILED), test.name, paint.dim(first.trim()))
}

/// What a test said; an open hole is called by its name.
fn explained(test: &Test) -> String {
    let said = test.message.clone().unwrap_or_else(|| "It failed without a word.".to_owned());
    let Some(hole) = said.strip_prefix("not yet implemented: ") else { return said };
    let (first, rest) = hole.split_once('\n').unwrap_or((hole, ""));
    let name = first.rsplit(' ').next().unwrap_or(first);
    format!("The hole `{name}` is still open: its todo!() was reached.\n{rest}").trim_end().to_owned()
}

/// The verdict as one JSON object.
pub fn as_json(report: &Report, exercise: &Exercise) -> Value {
    let cargo = matches!(report.outcome, Outcome::NotCompiled | Outcome::NotBuilt)
        .then(|| crate::paint::stripped(&report.cargo));
    let detail = match &report.outcome {
        Outcome::Crashed(how) => Some(how.clone()),
        _ => None,
    };
    json!({
        "id": report.id,
        "title": exercise.title,
        "path": exercise.source(),
        "verdict": report.outcome.word(),
        "detail": detail,
        "tests": report.tests,
        "compile_error": cargo,
        "seconds": report.took.as_secs_f64(),
    })
}
