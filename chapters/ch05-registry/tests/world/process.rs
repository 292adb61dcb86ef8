//! This chapter's tools as processes that can be killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use ch05_registry::conformance::{Fault, PATIENCE};

/// This chapter's tools.
pub const TOOLS: &str = env!("CARGO_BIN_EXE_ch05-registry");

/// A process that says something, and is killed at the end.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts this chapter's binary with `arguments`.
    pub fn start<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Self {
        let mut child = Command::new(TOOLS)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary can be started");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits for a line that begins with `start`.
    pub fn says(&self, start: &str) -> Result<String, Fault> {
        let mut said = Vec::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            match line {
                Ok(line) if line.starts_with(start) => return Ok(line),
                Ok(line) => said.push(line),
                Err(_) => return Err(Fault(format!("waited for {start:?} in vain; it said {said:?}"))),
            }
        }
    }

    /// As `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
