//! One test of a spec, run as a process of its own.
//!
//! A process can hang, be killed by a signal or print for ever without taking the gate down with it.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use anyhow::Context as _;

/// How much of a test's output is kept: far more than any failure message, far less than memory.
const OUTPUT_LIMIT: u64 = 1 << 20;

/// At most so many test processes at once: specs of I/O exercises start threads of their own.
const AT_ONCE: usize = 2;

/// A spec, built.
#[derive(Debug, Clone)]
pub struct TestExe {
    /// The program.
    pub path: PathBuf,
    /// The folder of its package: where cargo would start it.
    pub dir: PathBuf,
}

/// How a test process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Exit code 0.
    Passed,
    /// libtest's exit code for a failed test.
    Failed,
    /// It was killed at the limit.
    Hung,
    /// A signal, or an exit code that libtest does not use.
    Died(String),
}

/// A test process that has ended.
#[derive(Debug, Clone)]
pub struct Ran {
    /// How.
    pub end: End,
    /// Both of its outputs, as they came.
    pub output: String,
}

impl TestExe {
    /// The names of the tests, sorted by libtest.
    pub fn list(&self) -> anyhow::Result<Vec<String>> {
        let ran = self.run(&["--list", "--format", "terse"], Duration::from_secs(10))?;
        anyhow::ensure!(ran.end == End::Passed, "`{} --list` failed: {}", self.path.display(), ran.output);
        let names = ran.output.lines().filter_map(|line| line.strip_suffix(": test"));
        Ok(names.map(str::to_owned).collect())
    }

    /// Runs one test alone.
    pub fn run_one(&self, name: &str, limit: Duration) -> anyhow::Result<Ran> {
        self.run(&["--exact", name, "--nocapture", "--test-threads=1"], limit)
    }

    /// Runs the executable with `arguments`, for at most `limit`.
    pub fn run(&self, arguments: &[&str], limit: Duration) -> anyhow::Result<Ran> {
        let (mut reader, writer) = std::io::pipe()?;
        let mut command = Command::new(&self.path);
        command
            .args(arguments)
            .current_dir(&self.dir)
            .env("CARGO_MANIFEST_DIR", &self.dir)
            .env_remove("RUST_BACKTRACE")
            .env_remove("RUST_TEST_THREADS")
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start {} (is another run building it?)", self.path.display()))?;
        drop(command); // Closes our ends of the pipe, so that the reader sees the end of the output.
        let (done, wait) = mpsc::channel();
        std::thread::spawn(move || {
            let mut output = Vec::new();
            // An error ends the output early, and so does the limit: then the test fails on a closed pipe.
            let _ = reader.by_ref().take(OUTPUT_LIMIT).read_to_end(&mut output);
            let _ = done.send(output);
        });
        // libtest holds the pipe until it exits, so the end of the output is the end of the process.
        let Ok(output) = wait.recv_timeout(limit) else {
            child.kill().context("cannot stop a test that hangs")?;
            child.wait()?;
            // Killed, it closes the pipe; a process that it left behind may not, so this wait is bounded too.
            let output = wait.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
            return Ok(Ran { end: End::Hung, output: String::from_utf8_lossy(&output).into_owned() });
        };
        let status = child.wait()?;
        let end = match status.code() {
            Some(0) => End::Passed,
            Some(101) => End::Failed,
            _ => End::Died(status.to_string()),
        };
        Ok(Ran { end, output: String::from_utf8_lossy(&output).into_owned() })
    }
}

/// Does `work` for every item, two at a time, and hands the results back in order.
pub fn for_each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let result = work(item);
                    results.lock().expect("no worker panics while it holds the lock").push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().expect("no worker panics while it holds the lock");
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
