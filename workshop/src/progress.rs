//! The runner's memory: `.workshop/progress.json`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::source::Fingerprint;

/// Raised when the file's shape changes. A file of another version is set aside, never guessed at.
const VERSION: u32 = 1;

/// What the runner remembers between two starts. It is a note, not the truth: a verdict counts only for
/// exactly the source and the spec that it was given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    version: u32,
    /// The exercise that the reader chose to work on.
    #[serde(default)]
    pub chosen: Option<String>,
    /// By exercise id.
    #[serde(default)]
    pub exercises: BTreeMap<String, Note>,
}

/// What is remembered of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The last verdict, and what it was given for.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// The highest hint that was shown.
    #[serde(default)]
    pub hints: usize,
}

/// Green or red, for exactly this source and spec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What was judged.
    #[serde(flatten)]
    pub fingerprint: Fingerprint,
    /// Whether every test passed.
    pub green: bool,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, chosen: None, exercises: BTreeMap::new() }
    }
}

impl Progress {
    /// Reads the notes in `folder`. Notes that cannot be read are kept aside as a copy; the second value
    /// is then the one line that says so.
    ///
    /// # Errors
    /// When the file is there but the system does not let it be read or copied.
    pub fn load(folder: &Path) -> anyhow::Result<(Self, Option<String>)> {
        let file = file_in(folder);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((Self::default(), None)),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let reason = match serde_json::from_slice::<Self>(&bytes) {
            Ok(progress) if progress.version == VERSION => return Ok((progress, None)),
            Ok(progress) => format!("expected version {VERSION}, got {}", progress.version),
            Err(error) => error.to_string(),
        };
        let aside = folder.join("progress.unreadable.json");
        fs::write(&aside, &bytes).with_context(|| format!("cannot write {}", aside.display()))?;
        let line = format!(
            "the notes in {} cannot be read ({reason}); kept as {} and begun anew: what is done will be checked again",
            file.display(),
            aside.display()
        );
        Ok((Self::default(), Some(line)))
    }

    /// Reads the notes, changes them, and writes them back, so that a second runner's notes are kept.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn update(folder: &Path, change: impl FnOnce(&mut Self)) -> anyhow::Result<()> {
        let (mut progress, _) = Self::load(folder)?;
        let before = progress.clone();
        change(&mut progress);
        if progress == before { Ok(()) } else { progress.save(folder) }
    }

    /// Writes the notes whole or not at all: to a file beside, then renamed over the old one.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        // Two runners may save at once: each has its own file beside.
        let beside = folder.join(format!("progress.{}.tmp", std::process::id()));
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        let mut file =
            fs::File::create(&beside).with_context(|| format!("cannot write {}", beside.display()))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, file_in(folder)).context("cannot replace progress.json")?;
        Ok(())
    }

    /// The note of an exercise, made when it is missing.
    pub fn note(&mut self, id: &str) -> &mut Note {
        self.exercises.entry(id.to_owned()).or_default()
    }

    /// The verdict on exactly this source and spec, if there is one.
    pub fn verdict(&self, id: &str, fingerprint: &Fingerprint) -> Option<bool> {
        let verdict = self.exercises.get(id)?.verdict.as_ref()?;
        (verdict.fingerprint == *fingerprint).then_some(verdict.green)
    }

    /// The highest hint that was shown for this exercise.
    pub fn hints(&self, id: &str) -> usize {
        self.exercises.get(id).map_or(0, |note| note.hints)
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("progress.json")
}
