//! Runs the spec of one exercise and gives the verdict.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use crate::child::{self, Leash, Stream};
use crate::exercise::Exercise;
use crate::libtest::{Run, Test};
use crate::paint::stripped;
use crate::progress::{Progress, Verdict};
use crate::root::Workshop;
use crate::source::Fingerprint;

/// How long a built spec may run. Each wait inside a spec gives up after ten seconds and the tests run side
/// by side, so only a loop that never ends comes this far. `WORKSHOP_SPEC_LIMIT` (seconds) says otherwise.
const SPEC_LIMIT: Duration = Duration::from_secs(120);

/// The limit that holds in this process.
pub fn spec_limit() -> Duration {
    let given = env::var("WORKSHOP_SPEC_LIMIT").ok().and_then(|seconds| seconds.parse().ok());
    given.map_or(SPEC_LIMIT, Duration::from_secs)
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every test passed.
    Green,
    /// At least one test failed.
    Red,
    /// rustc did not accept the code.
    NotCompiled,
    /// cargo could not get as far as the reader's code: no network, a broken manifest, …
    NotBuilt,
    /// The test program ended before it had reported every test.
    Crashed(String),
    /// The test program had to be ended.
    TimedOut,
    /// Somebody ended the check before it had a verdict.
    Cancelled,
}

impl Outcome {
    /// One word, as in `--json`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Red => "red",
            Self::NotCompiled => "not_compiled",
            Self::NotBuilt => "not_built",
            Self::Crashed(_) => "crashed",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The verdict on one exercise, with all that was said.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which exercise.
    pub id: String,
    /// The verdict.
    pub outcome: Outcome,
    /// In the order in which the spec tells its story.
    pub tests: Vec<Test>,
    /// What cargo and rustc said, in colour if it was asked for.
    pub cargo: String,
    /// What the test program printed.
    pub printed: String,
    /// From the start of cargo to its end.
    pub took: Duration,
}

impl Report {
    /// The first test that failed, in the spec's order.
    pub fn first_failed(&self) -> Option<&Test> {
        self.tests.iter().find(|test| !test.ok)
    }

    /// How many passed.
    pub fn passed(&self) -> usize {
        self.tests.iter().filter(|test| test.ok).count()
    }
}

/// Runs `cargo test` for one exercise and remembers the verdict for exactly what was tested.
///
/// # Errors
/// When cargo cannot be started or the notes cannot be written.
pub fn check(
    workshop: &Workshop,
    exercise: &Exercise,
    colour: bool,
    leash: &Leash,
) -> anyhow::Result<Report> {
    let before = Fingerprint::of(&workshop.root, exercise)?;
    let report = run(workshop, exercise, colour, leash)?;
    // A save in the middle of the build: nobody knows which text was judged.
    let unchanged = Fingerprint::of(&workshop.root, exercise)? == before;
    if unchanged && !matches!(report.outcome, Outcome::Cancelled | Outcome::NotBuilt) {
        let green = report.outcome == Outcome::Green;
        Progress::update(&workshop.notes(), |progress| {
            progress.note(&exercise.id).verdict = Some(Verdict { fingerprint: before, green });
        })?;
    }
    Ok(report)
}

fn run(workshop: &Workshop, exercise: &Exercise, colour: bool, leash: &Leash) -> anyhow::Result<Report> {
    let mut command = cargo(&workshop.root);
    command.args([
        "test",
        "--package",
        &exercise.package(),
        "--color",
        if colour { "always" } else { "never" },
    ]);
    command.arg("--target-dir").arg(workshop.target());
    let start = Instant::now();
    let timed_out = AtomicBool::new(false);
    let (ended, wait) = mpsc::channel::<()>();
    let running = Mutex::new(Some(wait));
    let result = thread::scope(|scope| {
        let result = child::run(command, leash, |stream, line| {
            // The build is over: from here on the clock runs.
            if stream == Stream::Err
                && stripped(line).trim_start().starts_with("Running ")
                && let Some(wait) = running.lock().unwrap_or_else(PoisonError::into_inner).take()
            {
                scope.spawn(|| guard(wait, leash, &timed_out));
            }
        });
        drop(ended);
        result
    });
    let took = start.elapsed();
    let ended = match result {
        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => None,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            anyhow::bail!("cargo is not to be found: install Rust from https://rustup.rs")
        }
        other => Some(other?),
    };
    let (stdout, stderr, succeeded) = match &ended {
        Some(ended) => (ended.stdout.as_str(), ended.stderr.as_str(), ended.status.success()),
        None => ("", "", false),
    };
    let mut spec = Run::parse(&stripped(stdout));
    in_story_order(&mut spec.tests, &workshop.root, exercise);
    let began = stripped(stderr).lines().any(|line| line.trim_start().starts_with("Running "));
    let outcome = if timed_out.load(Ordering::SeqCst) {
        Outcome::TimedOut
    } else if leash.pulled() || ended.is_none() {
        Outcome::Cancelled
    } else if !began {
        // rustc names the package that it gave up on; without that, cargo did not get so far.
        let gave_up = format!("could not compile `{}`", exercise.package());
        if stripped(stderr).contains(&gave_up) { Outcome::NotCompiled } else { Outcome::NotBuilt }
    } else if succeeded && spec.green() {
        Outcome::Green
    } else if spec.tests.iter().any(|test| !test.ok) {
        Outcome::Red
    } else {
        Outcome::Crashed(crash(&spec, stderr))
    };
    Ok(Report {
        id: exercise.id.clone(),
        outcome,
        tests: spec.tests,
        cargo: stderr.to_owned(),
        printed: stdout.to_owned(),
        took,
    })
}

/// Ends a test program that does not end by itself.
fn guard(wait: mpsc::Receiver<()>, leash: &Leash, timed_out: &AtomicBool) {
    if wait.recv_timeout(spec_limit()) == Err(mpsc::RecvTimeoutError::Timeout) {
        timed_out.store(true, Ordering::SeqCst);
        leash.end_this();
    }
}

/// cargo, in the workshop's root: the one that started the runner, or the one on the path.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The harness sorts by name; the spec tells its story from simple to hard.
fn in_story_order(tests: &mut [Test], root: &Path, exercise: &Exercise) {
    let spec = fs::read_to_string(root.join(exercise.spec())).unwrap_or_default();
    tests.sort_by_key(|test| {
        let name = test.name.rsplit("::").next().unwrap_or(&test.name);
        spec.find(&format!("fn {name}(")).unwrap_or(usize::MAX)
    });
}

/// Why a test program gave no verdict, as far as one can see.
fn crash(spec: &Run, stderr: &str) -> String {
    let announced = spec.announced.unwrap_or_default();
    if spec.ignored > 0 {
        return format!("{} of {announced} tests were skipped, so nothing is proven", spec.ignored);
    }
    let stderr = stripped(stderr);
    let last = stderr
        .lines()
        .find(|line| line.contains("overflowed its stack") || line.contains("signal:"))
        .map(|line| format!(" ({})", line.trim()))
        .unwrap_or_default();
    format!("the test program ended after {} of {announced} tests{last}", spec.tests.len())
}
