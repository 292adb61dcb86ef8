//! What the gate found, as lines for people.

use std::fmt::Write as _;

use super::report::{ExerciseReport, Report, Verdict};
use crate::paint::Paint;

/// One line per exercise, the details of what is not green below it, the chapters, a summary.
pub fn of(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    for one in &report.exercises {
        exercise_lines(&mut text, one, paint);
    }
    for chapter in report.chapters.iter().filter(|chapter| chapter.written || !chapter.ok) {
        let mark = if chapter.ok { paint.good("ok  ") } else { paint.bad("FAIL") };
        let _ = writeln!(text, "{mark} chapter {}  {}", chapter.number, indented(&chapter.detail));
    }
    let unwritten: Vec<_> =
        report.chapters.iter().filter(|c| !c.written && c.ok).map(|c| c.number.to_string()).collect();
    if !unwritten.is_empty() {
        let _ = writeln!(text, "     not written yet: chapter {}", unwritten.join(", "));
    }
    let sum = &report.summary;
    let _ = write!(
        text,
        "\n{}: {} of {} exercises passed, {} failed, {} skipped, {} warnings · {} of {} tests red on the \
         starter · {} of {} decoys killed by name",
        if report.ok { paint.good("verified") } else { paint.bad("NOT VERIFIED") },
        sum.passed,
        sum.exercises,
        sum.failed,
        sum.skipped,
        sum.warnings,
        sum.red_on_starter,
        sum.tests,
        sum.decoys_killed,
        sum.decoys,
    );
    if sum.mutants > 0 {
        let _ = write!(text, " · {} of {} mutants killed", sum.mutants_killed, sum.mutants);
    }
    text.push('\n');
    text
}

fn exercise_lines(text: &mut String, one: &ExerciseReport, paint: Paint) {
    let mark = match (one.failed(), one.os_skipped) {
        (true, _) => paint.bad("FAIL"),
        (false, true) => paint.dim("skip"),
        (false, false) => paint.good("ok  "),
    };
    let _ = write!(text, "{mark} {} {:<24}", one.id, one.name);
    for (name, check) in &one.checks {
        let mark = match check.verdict {
            Verdict::Pass => paint.good("✓"),
            Verdict::Warn => paint.time("!"),
            Verdict::Fail => paint.bad("✗"),
            Verdict::Skip => paint.dim("–"),
        };
        let count = match *name {
            "red" => format!(" {}/{}", one.tests.red_on_starter, one.tests.total),
            "decoys" => {
                format!(" {}/{}", one.decoys.iter().filter(|decoy| decoy.ok).count(), one.decoys.len())
            }
            _ => String::new(),
        };
        let _ = write!(text, " {mark} {name}{count} ");
    }
    if let Some(mutants) = &one.mutants {
        let mark = if mutants.ok { paint.good("✓") } else { paint.bad("✗") };
        let _ = write!(text, " {mark} mutants {}/{} ({:.1} %)", mutants.killed, mutants.viable, mutants.rate);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    for (name, check) in &one.checks {
        if check.verdict != Verdict::Pass {
            let _ = writeln!(text, "       {name}: {}", indented(&check.detail));
        }
    }
    if let Some(mutants) = &one.mutants {
        for survivor in &mutants.survivors {
            let _ = writeln!(text, "       survived: {survivor}");
        }
        for equivalent in &mutants.equivalent {
            let _ = writeln!(text, "       equivalent: {equivalent}");
        }
        for stale in &mutants.stale {
            let _ = writeln!(text, "       mutants.toml, stale: {stale}");
        }
    }
}

/// Later lines of a detail stand below the first; the blank ones, which rustc likes, are left out.
fn indented(detail: &str) -> String {
    let lines = detail.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n         ")
}
