//! Builds specs with cargo, and sorts what the compiler said by package.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::Context as _;
use serde::Deserialize;

use super::process::TestExe;
use crate::check::cargo;

/// The target folder of the runner: never the editor's, so the two never wait for each other.
const TARGET: &str = "target/workshop";

/// What became of one package.
#[derive(Debug, Default)]
pub struct Built {
    /// The executable of `tests/spec.rs`; none if it did not compile.
    pub exe: Option<TestExe>,
    /// Warnings and errors, as rustc prints them.
    pub messages: Vec<String>,
}

/// The packages by folder.
#[derive(Debug, Default)]
pub struct Builds {
    by_folder: HashMap<PathBuf, Built>,
}

impl Builds {
    /// The package in `folder`.
    pub fn of(&self, folder: &Path) -> Option<&Built> {
        self.by_folder.get(&canonical(folder))
    }
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

/// Builds `tests/spec.rs` of each package in the workspace at `workspace`; a broken one does not stop the others.
pub fn specs(root: &Path, workspace: &Path, packages: &[String]) -> anyhow::Result<Builds> {
    if packages.is_empty() {
        return Ok(Builds::default());
    }
    let mut cargo = cargo(workspace);
    cargo.args(["build", "--test", "spec", "--keep-going", "--message-format=json"]);
    cargo.arg("--target-dir").arg(root.join(TARGET)).stdin(Stdio::null());
    for package in packages {
        cargo.args(["--package", package]);
    }
    let mut child =
        cargo.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stderr = BufReader::new(child.stderr.take().expect("stderr is piped"));
    let complaint = std::thread::spawn(move || listen(stderr));
    let mut builds = Builds::default();
    for line in BufReader::new(child.stdout.take().expect("stdout is piped")).lines() {
        let line = line?;
        if line.starts_with('{') {
            builds.take_in(serde_json::from_str(&line).context("cargo's JSON has changed")?);
        }
    }
    let status = child.wait()?;
    let complaint = complaint.join().unwrap_or_default();
    anyhow::ensure!(status.success() || !builds.by_folder.is_empty(), "cargo could not begin: {complaint}");
    Ok(builds)
}

/// Shows the progress on a terminal, and keeps what comes after the first error.
fn listen(stderr: impl BufRead) -> String {
    let shown = std::io::stderr().is_terminal();
    let mut complaint = String::new();
    // Bytes that are no text end the listening, which only costs us words.
    for line in stderr.lines().map_while(Result::ok) {
        if shown && line.trim_start().starts_with("Compiling ") {
            eprintln!("{line}");
        }
        if line.starts_with("error") || !complaint.is_empty() {
            complaint.push_str(&line);
            complaint.push('\n');
        }
    }
    complaint
}

impl Builds {
    fn take_in(&mut self, message: Message) {
        let Some(folder) = message.manifest_path.as_deref().and_then(Path::parent) else { return };
        let folder = canonical(folder);
        let built = self.by_folder.entry(folder.clone()).or_default();
        match (message.reason.as_str(), message.message) {
            ("compiler-message", Some(said))
                if said.level.starts_with("error") || said.level == "warning" =>
            {
                // The closing "N warnings emitted" repeats what came before; it has no place in a file.
                let text = said.rendered.unwrap_or_default();
                if text.contains("-->") || said.level != "warning" {
                    built.messages.push(text);
                }
            }
            ("compiler-artifact", _) => {
                if let Some(path) = message.executable {
                    built.exe = Some(TestExe { path, dir: folder });
                }
            }
            _ => {}
        }
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
