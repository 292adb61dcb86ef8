//! The check `decoys`: each wrong answer is killed by the test that it names, with the words that it names.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use spec_kit::TIMED_OUT;

use super::build::Builds;
use super::decoys::{Decoy, DecoyError};
use super::process::{End, TestExe};
use super::report::{Check, DecoyReport};
use super::scratch::Scratch;
use super::specs::{bare, messages};
use super::texts::read;
use crate::exercise::Exercise;
use crate::libtest::Run;

/// A decoy may run into a bounded wait of its spec (10 s), which then says so. This is for what nothing bounds.
const LIMIT: Duration = Duration::from_secs(30);

/// One decoy, as a package of the scratch workspace.
#[derive(Debug)]
pub struct Case {
    exercise: String,
    name: String,
    /// The package's folder, or why there is none.
    package: Result<(Decoy, PathBuf), DecoyError>,
}

/// What became of it.
#[derive(Debug)]
pub struct Kill {
    /// The exercise's id.
    pub exercise: String,
    /// The verdict.
    pub report: DecoyReport,
    /// What its test said, if it compares values and explains nothing.
    pub bare: Option<String>,
}

impl Case {
    /// Puts a decoy into the scratch workspace.
    pub fn prepare(
        root: &Path,
        scratch: &mut Scratch,
        exercise: &Exercise,
        name: String,
        decoy: Result<Decoy, DecoyError>,
    ) -> anyhow::Result<Self> {
        let solution = read(&root.join(exercise.solution()))?;
        let package = match decoy.and_then(|decoy| decoy.source(&solution).map(|source| (decoy, source))) {
            Ok((decoy, source)) => {
                let folder = scratch.add(exercise, &decoy, &source)?;
                Ok((decoy, folder))
            }
            Err(error) => Err(error),
        };
        Ok(Self { exercise: exercise.id.clone(), name, package })
    }

    /// The mistake, and all that the test which must catch it says to whoever makes it.
    ///
    /// # Errors
    /// When the decoy cannot be used or built.
    pub fn words(&self, builds: &Builds) -> anyhow::Result<String> {
        let (decoy, folder) =
            self.package.as_ref().map_err(|error| anyhow::anyhow!("{}: {error}", self.name))?;
        let built = builds.of(folder);
        let exe = built.and_then(|built| built.exe.as_ref());
        let exe = exe.with_context(|| format!("{} does not compile\n{}", self.name, messages(built)))?;
        let ran = exe.run(&["--exact", &format!("spec::{}", decoy.killed_by), "--test-threads=1"], LIMIT)?;
        let run = Run::parse(&ran.output);
        let said = run.tests.iter().find_map(|test| test.message.as_deref()).unwrap_or("nothing: it passes");
        Ok(format!(
            "mistake: {}\n\n{} says:\n\n{}\n",
            decoy.mistake,
            decoy.killed_by,
            said.trim_matches('\n')
        ))
    }

    /// Runs the test that must kill it.
    pub fn run(&self, builds: &Builds) -> anyhow::Result<Kill> {
        let mut report = DecoyReport {
            name: self.name.clone(),
            killed_by: String::new(),
            ok: false,
            detail: String::new(),
        };
        let mut words = None;
        match &self.package {
            Err(error) => report.detail = error.to_string(),
            Ok((decoy, folder)) => {
                report.killed_by.clone_from(&decoy.killed_by);
                let built = builds.of(folder);
                if let Some(exe) = built.and_then(|built| built.exe.as_ref()) {
                    (report.ok, report.detail, words) = kill(exe, decoy)?;
                } else {
                    report.detail = format!("does not compile\n{}", messages(built));
                }
            }
        }
        Ok(Kill { exercise: self.exercise.clone(), report, bare: words })
    }
}

/// Whether the named test catches the decoy with the right words; why not; and its words if they are bare.
fn kill(exe: &TestExe, decoy: &Decoy) -> anyhow::Result<(bool, String, Option<String>)> {
    let Decoy { killed_by: test, says, .. } = decoy;
    // The decoy's tests/spec.rs holds the spec as a module.
    let name = format!("spec::{test}");
    if !exe.list()?.contains(&name) {
        return Ok((false, format!("the spec has no test {test}"), None));
    }
    let ran = exe.run_one(&name, LIMIT)?;
    let (ok, detail) = match ran.end {
        End::Passed => (false, format!("survives: {test} passes")),
        End::Hung => (false, format!("hangs: {test} was still running after {} s", LIMIT.as_secs())),
        End::Died(how) => (false, format!("{test} ends the test process instead of failing: {how}")),
        End::Failed if !ran.output.contains(says) => (
            false,
            format!("{test} fails, but does not say `{says}`; it says:\n{}", first_lines(&ran.output)),
        ),
        End::Failed if ran.output.contains(TIMED_OUT) => (true, "caught by a wait that ran out".to_owned()),
        End::Failed => (true, String::new()),
    };
    Ok((ok, detail, bare(test, &ran.output)))
}

/// The verdict on all decoys of one exercise.
pub fn check(decoys: &[DecoyReport]) -> Check {
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

/// The beginning of a test's own words, without libtest's frame.
fn first_lines(output: &str) -> String {
    let words = output.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("running "));
    words.take(8).collect::<Vec<_>>().join("\n")
}
