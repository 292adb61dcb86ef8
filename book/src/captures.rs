//! Captured output: `book/captured/captures.toml` says how each file in that folder was made.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::repo;

/// The list, from the repository's root.
pub const FILE: &str = "book/captured/captures.toml";

/// One command whose output a page shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// `ch01/nine-steps`: the output lies in `book/captured/ch01/nine-steps.txt`.
    pub name: String,
    /// Program and arguments, run in the repository's root.
    pub command: Vec<String>,
    /// What the page shows as the command, where a reader would type it differently.
    pub shown: Option<String>,
    /// Further masks, `pattern=>replacement`, applied to both texts before they are compared.
    #[serde(default)]
    pub mask: Vec<String>,
    /// The exit code that the run must end with.
    #[serde(default)]
    pub expect_exit: i32,
    /// A program that must be installed; without it the capture is skipped.
    pub needs: Option<String>,
    /// The one system it runs on, as `std::env::consts::OS` names it.
    pub os: Option<String>,
    /// Compare the shape of the lines only: every number may differ.
    #[serde(default)]
    pub timed: bool,
    /// Capture what the command writes to standard error, too.
    #[serde(default)]
    pub stderr: bool,
}

impl Capture {
    /// Where the output lies, from the repository's root.
    pub fn file(&self) -> String {
        format!("book/captured/{}.txt", self.name)
    }

    /// The same as a path on this machine.
    pub fn path(&self, root: &Path) -> PathBuf {
        root.join(self.file())
    }

    /// The command as a reader would type it.
    pub fn typed(&self) -> String {
        let quoted = |word: &String| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@".contains(c);
            if !word.is_empty() && word.chars().all(plain) { word.clone() } else { format!("'{word}'") }
        };
        self.shown.clone().unwrap_or_else(|| self.command.iter().map(quoted).collect::<Vec<_>>().join(" "))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    capture: Vec<Capture>,
}

/// Reads the list; without a file it is empty.
pub fn load(root: &Path) -> Result<Vec<Capture>> {
    let path = root.join(FILE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let list: List = toml::from_str(&repo::read(&path)?).with_context(|| FILE)?;
    Ok(list.capture)
}
