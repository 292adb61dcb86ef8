//! What the gate found; as JSON it is for machines, and `lines` makes it readable.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// The outcome of one named check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All is well.
    Pass,
    /// Passes, but a person should look.
    Warn,
    /// Something has to be mended.
    Fail,
    /// Could not run; the detail says why. Never counted as passed.
    Skip,
}

/// One named check of one exercise.
#[derive(Debug, Clone)]
pub struct Check {
    /// The outcome.
    pub verdict: Verdict,
    /// What was wrong, or why it was skipped; one problem a line.
    pub detail: String,
}

impl Check {
    /// Good; `detail` is shown in JSON only.
    pub fn pass(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Pass, detail: detail.into() }
    }

    /// Good, but a person should look.
    pub fn warn(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, detail: detail.into() }
    }

    /// Not good; `detail` says what was expected and what came.
    pub fn fail(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, detail: detail.into() }
    }

    /// Could not run.
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
    /// The tests of the spec.
    pub total: usize,
    /// Those that fail by an assertion or `todo!()`.
    pub red_on_starter: usize,
    /// Those that pass, excused in the manifest.
    pub may_pass: usize,
}

/// How one decoy fared.
#[derive(Debug, Clone, Serialize)]
pub struct DecoyReport {
    /// Its file's name.
    pub name: String,
    /// The test that it names; empty if its file cannot be read.
    pub killed_by: String,
    /// Whether that test caught it with the right words.
    pub ok: bool,
    /// Why not, or what is worth knowing.
    pub detail: String,
}

/// How the mutants of one solution fared.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mutants {
    /// Whether the rate is high enough and no excuse is stale.
    pub ok: bool,
    /// Those that compile and are not excused.
    pub viable: usize,
    /// Caught by a failing test, or by a time-out.
    pub killed: usize,
    /// In per cent, with the mutants that are equivalent left out.
    pub rate: f64,
    /// Those that no test noticed.
    pub survivors: Vec<String>,
    /// Those that no test could notice, with the reason.
    pub equivalent: Vec<String>,
    /// Entries of `mutants.toml` that excuse nothing any more.
    pub stale: Vec<String>,
}

/// Everything about one exercise.
#[derive(Debug, Clone, Serialize)]
pub struct ExerciseReport {
    /// Such as `01-03`.
    pub id: String,
    /// The folder's name without its number.
    pub name: String,
    /// The chapter's number.
    pub chapter: u8,
    /// Whether this machine has the wrong system for it.
    pub os_skipped: bool,
    /// How its tests behave on the starter.
    pub tests: Tests,
    /// By name, in the order in which they ran.
    #[serde(serialize_with = "as_map")]
    pub checks: Vec<(&'static str, Check)>,
    /// Its wrong answers.
    pub decoys: Vec<DecoyReport>,
    /// Only with `--mutants`.
    pub mutants: Option<Mutants>,
}

fn as_map<S: Serializer>(checks: &[(&'static str, Check)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(checks.iter().map(|(name, check)| (name, check)))
}

impl ExerciseReport {
    /// Whether a check or the mutants failed.
    pub fn failed(&self) -> bool {
        self.checks.iter().any(|(_, check)| check.verdict == Verdict::Fail)
            || self.mutants.as_ref().is_some_and(|mutants| !mutants.ok)
    }
}

/// Everything about one chapter.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterReport {
    /// 0 is the front matter.
    pub number: u8,
    /// Whether it has pages.
    pub written: bool,
    /// Whether nothing is missing.
    pub ok: bool,
    /// The counts, then the problems, one a line.
    pub detail: String,
    /// Concepts by state: `realised`, `only_explained`, `missing`.
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
    pub mutants: usize,
    pub mutants_killed: usize,
    pub chapters_failed: usize,
}

/// The whole result.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whether every exercise and every chapter passed.
    pub ok: bool,
    /// In the order of their ids.
    pub exercises: Vec<ExerciseReport>,
    /// Empty if exercises were named.
    pub chapters: Vec<ChapterReport>,
    /// The counts.
    pub summary: Summary,
}

impl Report {
    /// Counts, and decides: one failure fails the whole.
    pub fn new(exercises: Vec<ExerciseReport>, chapters: Vec<ChapterReport>) -> Self {
        let failed = exercises.iter().filter(|one| one.failed()).count();
        let skipped = exercises.iter().filter(|one| one.os_skipped && !one.failed()).count();
        let warnings = exercises
            .iter()
            .flat_map(|one| &one.checks)
            .filter(|(_, check)| check.verdict == Verdict::Warn)
            .count();
        let mutants = || exercises.iter().filter_map(|one| one.mutants.as_ref());
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
            mutants: mutants().map(|mutants| mutants.viable).sum(),
            mutants_killed: mutants().map(|mutants| mutants.killed).sum(),
            chapters_failed: chapters.iter().filter(|chapter| !chapter.ok).count(),
        };
        Self { ok: failed == 0 && summary.chapters_failed == 0, exercises, chapters, summary }
    }
}
