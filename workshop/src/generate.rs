//! `cargo workshop generate`: writes the starters from the solutions.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::exercise::{self, Exercise};
use crate::out::say;
use crate::problem::{FINE, RED};
use crate::source::starter;

/// What to generate.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exercises, such as 01-03; all if none is named.
    ids: Vec<String>,
    /// Change nothing; say which starters differ, and exit with 1 if one does.
    #[arg(long)]
    check: bool,
}

/// Writes or compares the starters.
///
/// # Errors
/// When a file cannot be read or written, or a solution cannot be cut.
pub fn run(root: &Path, args: Args) -> anyhow::Result<ExitCode> {
    let all = Exercise::all(root)?;
    let chosen: Vec<&Exercise> = if args.ids.is_empty() {
        all.iter().collect()
    } else {
        args.ids.iter().map(|id| exercise::find(&all, id)).collect::<Result<_, _>>()?
    };
    let mut differing = 0;
    for exercise in &chosen {
        let wanted = starter(root, exercise).with_context(|| exercise.solution())?;
        let path = root.join(exercise.source());
        // A missing starter is one that differs: a new exercise begins with its solution.
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        if written.replace("\r\n", "\n") == wanted {
            continue;
        }
        differing += 1;
        if args.check {
            say(&format!("differs: {}\n", exercise.source()))?;
        } else {
            let folder = path.parent().expect("a starter lies in src/");
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            std::fs::write(&path, wanted).with_context(|| format!("cannot write {}", path.display()))?;
            say(&format!("written: {}\n", exercise.source()))?;
        }
    }
    say(&format!(
        "{} of {} starters were what their solutions say\n",
        chosen.len() - differing,
        chosen.len()
    ))?;
    Ok(ExitCode::from(if args.check && differing > 0 { RED } else { FINE }))
}
