//! `cargo workshop upgrade`: a new version of the workshop, under work in progress.
//!
//! ```text
//!   1 fetch            nothing in the reader's tree changes; an unreachable remote ends here
//!   2 refuse           uncommitted changes outside the exercises' src/ are the reader's to settle
//!   3 copy             every edited file, on the disk before step 4 begins; then the marker
//!   4 starters back    what git tracks is as in HEAD, so that a merge can begin
//!   5 merge            conflicts in the exercises' src/: the reader's side; others: abort, go to 6
//!   6 put back         each file three ways: old starter, reader's, new starter; then the marker goes
//! ```
//!
//! Killed anywhere after 3, the marker is still there, and the next `upgrade` begins with 6.

mod files;
mod git;

use std::fmt::Write as _;

use anyhow::Context as _;

use self::files::{Plan, Put};
use self::git::{Git, Merged};
use crate::exercise::Exercise;
use crate::out::say;
use crate::paint::Paint;
use crate::problem::Problem;
use crate::root::Workshop;
use crate::source::{is_starter, starter};

/// Where the new version comes from.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  cargo workshop upgrade --dry-run\n  cargo workshop upgrade\n  cargo workshop upgrade --from ../newer-clone --branch main\n\nYour files are copied to .workshop/saved/ before anything changes. Where your lines and the new\nstarter's lines collide, your file stays as it is."
)]
pub struct Args {
    /// A git remote, URL or path; the upstream of your branch if none is named.
    #[arg(long, value_name = "REMOTE_OR_PATH")]
    from: Option<String>,
    /// The branch there; with --from, its default branch if none is named.
    #[arg(long, value_name = "B")]
    branch: Option<String>,
    /// Fetch, say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Says that an upgrade was cut off, if one was.
pub fn interrupted(workshop: &Workshop) -> Option<String> {
    let plan = Plan::load(&workshop.notes()).ok()??;
    Some(format!(
        "an upgrade was interrupted; your files are safe in {}. `cargo workshop upgrade` finishes it",
        plan.saved
    ))
}

/// Brings the new version in.
///
/// # Errors
/// When git is missing, refuses, or meets conflicts outside the exercises; the reader's files are then as
/// they were.
pub fn run(workshop: &Workshop, args: &Args) -> anyhow::Result<()> {
    let git = Git::open(&workshop.root)?;
    if let Some(plan) = Plan::load(&workshop.notes())? {
        git.abort_merge()?;
        let put = files::put_back(workshop, &plan, true)?;
        say(&format!(
            "The interrupted upgrade is cleared up. Run the command again to upgrade.\n\n{}",
            told(&put)
        ))?;
        return Ok(());
    }
    git.ready()?;
    eprintln!("fetching …");
    let new = git.fetch(args.from.as_deref(), args.branch.as_deref())?;
    if git.has(&new)? {
        return say("This is the newest version already.\n");
    }
    let dirty = git.dirty()?;
    let elsewhere: Vec<&String> = dirty.iter().filter(|path| !is_readers(path)).collect();
    if !elsewhere.is_empty() {
        let list: Vec<&str> = elsewhere.iter().map(|path| path.as_str()).collect();
        return Err(Problem::Refused(format!(
            "uncommitted changes outside the exercises would be in the way; commit them or put them aside first: {}",
            list.join(", ")
        ))
        .into());
    }
    let edited = edited(workshop)?;
    if args.dry_run {
        return say(&preview(workshop, &git, &new, &edited));
    }
    let plan = Plan::make(workshop, &edited, &dirty)?;
    eprintln!("your files are copied to {}", plan.saved);
    let merged = git.put_back(&dirty).and_then(|()| git.merge(&new, is_readers));
    // Whatever came of it, the reader's files come back. The new version may have other exercises.
    let now = Workshop { root: workshop.root.clone(), exercises: Exercise::all(&workshop.root)? };
    let put = files::put_back(&now, &plan, false)?;
    match merged? {
        Merged::Yes => {}
        Merged::No(why) => {
            return Err(Problem::Refused(format!(
                "git could not merge the new version, and everything is as it was. It said: {why}"
            ))
            .into());
        }
    }
    let fresh: Vec<&Exercise> = now
        .exercises
        .iter()
        .filter(|new| !workshop.exercises.iter().any(|old| old.folder == new.folder))
        .collect();
    let mut text = format!("{}\n\n", Paint::for_stdout().bold("The new version is in."));
    text.push_str(&told(&put));
    for exercise in fresh {
        let _ = writeln!(text, "  {}  new: {}", exercise.id, exercise.title);
    }
    let _ = writeln!(text, "\nCopies of your files as they were: {}", plan.saved);
    say(&text)
}

/// `exercises/chNN/MM-name/src/…`: what a reader writes.
fn is_readers(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next() == Some("exercises") && parts.nth(2) == Some("src")
}

/// The exercises that hold something else than their starter.
fn edited(workshop: &Workshop) -> anyhow::Result<Vec<&Exercise>> {
    let mut edited = Vec::new();
    for exercise in &workshop.exercises {
        if !is_starter(&workshop.root, exercise).with_context(|| exercise.id.clone())? {
            edited.push(exercise);
        }
    }
    Ok(edited)
}

fn told(put: &[(String, Put)]) -> String {
    let mut text = String::new();
    for (name, put) in put {
        let _ = writeln!(text, "  {name}  {put}");
    }
    text
}

fn preview(workshop: &Workshop, git: &Git, new: &str, edited: &[&Exercise]) -> String {
    let mut text = String::from("A new version is there. With your files this would happen:\n\n");
    for exercise in edited {
        let theirs = git
            .show(new, &exercise.solution())
            .and_then(|solution| crate::starter::starter_of(&solution, &exercise.id).ok());
        let what = match theirs {
            None => "not in the new version; your file would be kept in .workshop/saved",
            Some(theirs) if starter(&workshop.root, exercise).is_ok_and(|ours| ours == theirs) => {
                "kept as it is"
            }
            Some(_) => {
                "the starter changed; your lines would be put into the new one where they do not collide"
            }
        };
        let _ = writeln!(text, "  {}  {what}", exercise.id);
    }
    if edited.is_empty() {
        text.push_str("  nothing: every exercise is its starter\n");
    }
    text.push_str("\nNothing was changed.\n");
    text
}
