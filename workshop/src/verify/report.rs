//! What the gate found, as lines for people and as JSON for machines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

/// The outcome of one named check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// Passes, but a person should look.
    Warn,
    Fail,
    /// Could not run; the detail says why. Never counted as passed.
    Skip,
}

/// One named check of one exercise.
#[derive(Debug, Clone)]
pub struct Check {
    pub verdict: Verdict,
    pub detail: String,
}

impl Check {
    pub fn pass(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Pass, detail: detail.into() }
    }

    pub fn warn(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, detail: detail.into() }
    }

    pub fn fail(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, detail: detail.into() }
    }

    pub fn skip(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Skip, detail: why.into() }
    }

    /// Fails with the problems, one a line; passes with `good` when there is none.
    pub fn from_problems(problems: &[String], good: impl Into<String>) -> Self {
        if problems.is_empty() { Self::pass(good) } else { Self::fail(problems.join("\n")) }
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut object = serializer.serialize_struct("Check", 4)?;
        object.serialize_field("ok", &matches!(self.verdict, Verdict::Pass | Verdict::Warn))?;
        object.serialize_field("warning", &(self.verdict == Verdict::Warn))?;
        object.serialize_field("skipped", &(self.verdict == Verdict::Skip))?;
        object.serialize_field("detail", &self.detail)?;
        object.end()
    }
}

/// How the tests of a spec behave on the starter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tests {
    pub total: usize,
    pub red_on_starter: usize,
    pub may_pass: usize,
}

/// How one decoy fared.
#[derive(Debug, Clone, Serialize)]
pub struct DecoyReport {
    pub name: String,
    pub killed_by: String,
    pub ok: bool,
    pub detail: String,
}

/// How the mutants of one solution fared.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mutants {
    pub ok: bool,
    pub viable: usize,
    /// Caught by a failing test, or by a time-out.
    pub killed: usize,
    /// In per cent, with the mutants that are equivalent left out.
    pub rate: f64,
    pub survivors: Vec<String>,
    pub equivalent: Vec<String>,
    /// Entries of `mutants.toml` that excuse nothing any more.
    pub stale: Vec<String>,
}

/// Everything about one exercise.
#[derive(Debug, Clone, Serialize)]
pub struct ExerciseReport {
    pub id: String,
    pub name: String,
    pub chapter: u8,
    pub os_skipped: bool,
    pub tests: Tests,
    #[serde(serialize_with = "as_map")]
    pub checks: Vec<(&'static str, Check)>,
    pub decoys: Vec<DecoyReport>,
    pub mutants: Option<Mutants>,
}

fn as_map<S: Serializer>(checks: &[(&'static str, Check)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(checks.iter().map(|(name, check)| (name, check)))
}

impl ExerciseReport {
    pub fn failed(&self) -> bool {
        self.checks.iter().any(|(_, check)| check.verdict == Verdict::Fail)
            || self.mutants.as_ref().is_some_and(|mutants| !mutants.ok)
    }
}

/// Everything about one chapter.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterReport {
    pub number: u8,
    pub written: bool,
    pub ok: bool,
    pub detail: String,
    /// Concepts by state: `explained`, `realised`, `only_explained`, `missing`.
    pub concepts: BTreeMap<&'static str, Vec<String>>,
}

/// The counts.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    pub exercises: usize,
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub warnings: usize,
    pub tests: usize,
    pub red_on_starter: usize,
    pub decoys: usize,
    pub decoys_killed: usize,
    pub chapters_failed: usize,
}

/// The whole result.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub ok: bool,
    pub exercises: Vec<ExerciseReport>,
    pub chapters: Vec<ChapterReport>,
    pub summary: Summary,
}

impl Report {
    pub fn new(exercises: Vec<ExerciseReport>, chapters: Vec<ChapterReport>) -> Self {
        let failed = exercises.iter().filter(|one| one.failed()).count();
        let skipped = exercises.iter().filter(|one| one.os_skipped && !one.failed()).count();
        let warnings = exercises
            .iter()
            .flat_map(|one| &one.checks)
            .filter(|(_, check)| check.verdict == Verdict::Warn)
            .count();
        let decoys = || exercises.iter().flat_map(|one| &one.decoys);
        let summary = Summary {
            exercises: exercises.len(),
            passed: exercises.len() - failed - skipped,
            failed,
            skipped,
            warnings,
            tests: exercises.iter().map(|one| one.tests.total).sum(),
            red_on_starter: exercises.iter().map(|one| one.tests.red_on_starter).sum(),
            decoys: decoys().count(),
            decoys_killed: decoys().filter(|decoy| decoy.ok).count(),
            chapters_failed: chapters.iter().filter(|chapter| !chapter.ok).count(),
        };
        Self { ok: failed == 0 && summary.chapters_failed == 0, exercises, chapters, summary }
    }

    /// One line per exercise, the details of what is not green below it, the chapters, a summary.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for one in &self.exercises {
            exercise_lines(&mut text, one);
        }
        for chapter in self.chapters.iter().filter(|chapter| chapter.written || !chapter.ok) {
            let mark = if chapter.ok { "ok  " } else { "FAIL" };
            let _ = writeln!(text, "{mark} chapter {}  {}", chapter.number, indented(&chapter.detail));
        }
        let unwritten: Vec<_> =
            self.chapters.iter().filter(|c| !c.written && c.ok).map(|c| c.number.to_string()).collect();
        if !unwritten.is_empty() {
            let _ = writeln!(text, "     not written yet: chapter {}", unwritten.join(", "));
        }
        let sum = &self.summary;
        let _ = writeln!(
            text,
            "\n{}: {} of {} exercises passed, {} failed, {} skipped, {} warnings · {} of {} tests red on the \
             starter · {} of {} decoys killed by name",
            if self.ok { "verified" } else { "NOT VERIFIED" },
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
        text
    }
}

fn exercise_lines(text: &mut String, one: &ExerciseReport) {
    let mark = match (one.failed(), one.os_skipped) {
        (true, _) => "FAIL",
        (false, true) => "skip",
        (false, false) => "ok  ",
    };
    let _ = write!(text, "{mark} {} {:<24}", one.id, one.name);
    for (name, check) in &one.checks {
        let mark = match check.verdict {
            Verdict::Pass => "✓",
            Verdict::Warn => "!",
            Verdict::Fail => "✗",
            Verdict::Skip => "–",
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
        let mark = if mutants.ok { "✓" } else { "✗" };
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

/// Later lines of a detail stand below the first.
fn indented(detail: &str) -> String {
    detail.trim_end().replace('\n', "\n         ")
}
