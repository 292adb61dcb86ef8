//! The reader's files in an upgrade: copied before, put back after.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::exercise::Exercise;
use crate::root::Workshop;
use crate::saved::Saved;
use crate::source::{files_below, starter};

/// What there is to put back. While it lies in `.workshop/upgrade.json`, an upgrade is under way.
#[derive(Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The folder of the copies, from the root.
    pub saved: String,
    /// The reader's files, from the root.
    files: Vec<String>,
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is what it was.
    Kept,
    /// The new starter, with the reader's lines in it.
    Merged,
    /// Reader and new starter changed the same lines: it is what it was, and the new starter lies there.
    Collided(String),
    /// The new version has no such exercise: only the copy is left.
    Gone(String),
}

impl fmt::Display for Put {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept => write!(f, "kept as it was"),
            Self::Merged => write!(f, "your lines are in the new starter"),
            Self::Collided(place) => {
                write!(
                    f,
                    "kept as it was; the starter changed in the same lines, and the new one lies in {place}"
                )
            }
            Self::Gone(place) => write!(f, "not in this version any more; yours lies in {place}"),
        }
    }
}

const MARKER: &str = "upgrade.json";

/// Where a plan keeps the old starter of a file, below its folder of copies.
fn old_starter(file: &str) -> String {
    format!("starters/{file}")
}

impl Plan {
    /// The plan of an upgrade that is under way, if one is.
    ///
    /// # Errors
    /// When the marker is there but cannot be read.
    pub fn load(notes: &Path) -> anyhow::Result<Option<Self>> {
        match fs::read(notes.join(MARKER)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            bytes => {
                let place = || format!("cannot read {}", notes.join(MARKER).display());
                Ok(Some(serde_json::from_slice(&bytes.with_context(place)?).with_context(place)?))
            }
        }
    }

    /// Copies the reader's files and their starters. When it returns, all of it is on the disk.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn make(workshop: &Workshop, edited: &[&Exercise], dirty: &[String]) -> anyhow::Result<Self> {
        let root = &workshop.root;
        let saved = Saved::new(root)?;
        // Git may track more in a src/ than Rust files.
        let mut files: BTreeSet<String> =
            dirty.iter().filter(|path| root.join(path).is_file()).cloned().collect();
        for exercise in edited {
            for file in files_below(&root.join(&exercise.folder).join("src"))? {
                files.insert(file.strip_prefix(root)?.to_string_lossy().replace('\\', "/"));
            }
            saved.write(&old_starter(&exercise.source()), starter(root, exercise)?.as_bytes())?;
        }
        for file in &files {
            saved.write(file, &fs::read(root.join(file)).with_context(|| file.clone())?)?;
        }
        let plan = Self { saved: saved.shown(), files: files.into_iter().collect() };
        let marker = workshop.notes().join(MARKER);
        let mut out =
            fs::File::create(&marker).with_context(|| format!("cannot write {}", marker.display()))?;
        out.write_all(&serde_json::to_vec_pretty(&plan)?)?;
        out.sync_all()?;
        Ok(plan)
    }
}

/// Puts every file of the plan back and ends the upgrade. After an interrupted one the reader may have gone
/// on: what then lies in a file's place and is neither the copy nor a starter is copied first.
///
/// # Errors
/// When a file cannot be read or written; the plan is then still there.
pub fn put_back(workshop: &Workshop, plan: &Plan, interrupted: bool) -> anyhow::Result<Vec<(String, Put)>> {
    let root = &workshop.root;
    let mut told = Vec::new();
    let mut aside: Option<Saved> = None;
    for file in &plan.files {
        let copy = format!("{}/{file}", plan.saved);
        let yours = fs::read(root.join(&copy)).with_context(|| copy.clone())?;
        let Some(exercise) = workshop
            .exercises
            .iter()
            .find(|exercise| file.strip_prefix(&exercise.folder).is_some_and(|rest| rest.starts_with('/')))
        else {
            told.push((file.clone(), Put::Gone(copy)));
            continue;
        };
        let old = fs::read(root.join(&plan.saved).join(old_starter(file))).ok();
        let new = if *file == exercise.source() { starter(root, exercise).ok() } else { None };
        let (text, put) = match (&old, &new) {
            (Some(old), Some(new)) if old != new.as_bytes() => {
                match three_way(root, &yours, old, new.as_bytes())? {
                    Some(merged) => (merged, Put::Merged),
                    None => {
                        let beside = format!("{copy}.new-starter");
                        fs::write(root.join(&beside), new).with_context(|| beside.clone())?;
                        (yours.clone(), Put::Collided(beside))
                    }
                }
            }
            _ => (yours.clone(), Put::Kept),
        };
        let path = root.join(file);
        let here = fs::read(&path).ok();
        let known = [Some(&yours), Some(&text), old.as_ref()];
        if interrupted
            && let Some(here) = &here
            && !known.contains(&Some(here))
            && new.as_ref().is_none_or(|new| new.as_bytes() != here)
        {
            let saved = match aside.take() {
                Some(saved) => saved,
                None => Saved::new(root)?,
            };
            saved.write(file, here)?;
            aside = Some(saved);
        }
        if here.as_ref() != Some(&text) {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let name = if *file == exercise.source() { exercise.id.clone() } else { file.clone() };
        told.push((name, put));
    }
    fs::remove_file(workshop.notes().join(MARKER)).context("cannot remove the upgrade's marker")?;
    Ok(told)
}

/// `git merge-file`; nothing when the two sides collide.
fn three_way(root: &Path, yours: &[u8], old: &[u8], new: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let folder = root.join(".workshop").join(format!("merge.{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    for (name, bytes) in [("yours", yours), ("old", old), ("new", new)] {
        fs::write(folder.join(name), bytes)?;
    }
    let output = Command::new("git")
        .args(["merge-file", "--stdout", "yours", "old", "new"])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output();
    let _ = fs::remove_dir_all(&folder);
    let output = output?;
    Ok(output.status.success().then_some(output.stdout))
}
