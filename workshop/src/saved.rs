//! Copies of the reader's work, made before anything is written over it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Context as _;

use crate::source::files_below;

/// One folder of copies: `.workshop/saved/2026-01-31T10-30-00Z/`, with the paths of the workshop below it.
#[derive(Debug)]
pub struct Saved {
    root: PathBuf,
    folder: PathBuf,
}

impl Saved {
    /// Makes an empty folder, named after the time (UTC).
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        let time = humantime::format_rfc3339_seconds(SystemTime::now()).to_string().replace(':', "-");
        let parent = root.join(".workshop").join("saved");
        fs::create_dir_all(&parent).with_context(|| format!("cannot create {}", parent.display()))?;
        // A second command within the same second gets a number; nothing is ever written over.
        for number in 1..1000 {
            let name = if number == 1 { time.clone() } else { format!("{time}-{number}") };
            let folder = parent.join(name);
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Self { root: root.to_path_buf(), folder }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot create {}", folder.display()));
                }
            }
        }
        anyhow::bail!("{} holds a thousand copies of this second", parent.display())
    }

    /// Copies every source file below `relative`, and returns only when the copies are on the disk.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn keep(&self, relative: &str) -> anyhow::Result<()> {
        for file in files_below(&self.root.join(relative))? {
            self.write(&file.strip_prefix(&self.root)?.to_string_lossy(), &fs::read(&file)?)?;
        }
        Ok(())
    }

    /// Writes one file into the folder, and returns only when it is on the disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, relative: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let copy = self.path(relative);
        let parent = copy.parent().context("a copy has a folder")?;
        fs::create_dir_all(parent)?;
        fs::write(&copy, bytes).with_context(|| format!("cannot write {}", copy.display()))?;
        File::open(&copy)?.sync_all()?;
        sync_folders(parent, &self.root)
    }

    /// Where the copy of a file lies.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// The folder, from the root.
    pub fn shown(&self) -> String {
        self.folder.strip_prefix(&self.root).unwrap_or(&self.folder).to_string_lossy().replace('\\', "/")
    }
}

/// A new file is safe only when the folders that lead to it are.
#[cfg(unix)]
fn sync_folders(from: &Path, to: &Path) -> anyhow::Result<()> {
    for folder in from.ancestors().take_while(|folder| folder.starts_with(to)) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Other systems do not let a folder be opened for this.
#[cfg(not(unix))]
fn sync_folders(_: &Path, _: &Path) -> anyhow::Result<()> {
    Ok(())
}
