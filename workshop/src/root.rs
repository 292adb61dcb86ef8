//! The workshop's folder, and how it is found.

use std::env;
use std::path::{Path, PathBuf};

use crate::exercise::Exercise;
use crate::problem::Problem;

/// The workshop as it lies on the disk.
#[derive(Debug)]
pub struct Workshop {
    /// The folder with `exercises/` and `workshop/`.
    pub root: PathBuf,
    /// In the order of their ids.
    pub exercises: Vec<Exercise>,
}

impl Workshop {
    /// Finds the workshop: `WORKSHOP_ROOT`, or the first fitting folder above the current one, or above
    /// the runner's own package (cargo tells it, wherever the command was started).
    ///
    /// # Errors
    /// [`Problem::NotAWorkshop`], or an exercise that cannot be read.
    pub fn find() -> anyhow::Result<Self> {
        let here = env::current_dir()?;
        let given = env::var_os("WORKSHOP_ROOT").map(PathBuf::from);
        let root = match given {
            Some(given) => root_above(&given),
            None => root_above(&here).or_else(|| {
                env::var_os("CARGO_MANIFEST_DIR").and_then(|package| root_above(Path::new(&package)))
            }),
        };
        let root = root.ok_or(Problem::NotAWorkshop { from: here })?;
        let exercises = Exercise::all(&root)?;
        Ok(Self { root, exercises })
    }

    /// The runner's own notes and the copies it keeps of the reader's work.
    pub fn notes(&self) -> PathBuf {
        self.root.join(".workshop")
    }

    /// Cargo's target folder for the runner's builds: its own, so that it never waits for the editor's.
    pub fn target(&self) -> PathBuf {
        self.root.join("target").join("workshop")
    }
}

fn root_above(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start
        .ancestors()
        .find(|folder| folder.join("exercises").is_dir() && folder.join("workshop").is_dir())
        .map(Path::to_path_buf)
}
