//! The few things that an upgrade asks of the `git` program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::problem::Problem;

/// A repository whose top is the workshop.
#[derive(Debug)]
pub struct Git {
    root: PathBuf,
}

/// How a merge went.
#[derive(Debug)]
pub enum Merged {
    /// The new version is in.
    Yes,
    /// It was given up, and the tree is as in HEAD; git's words say why.
    No(String),
}

impl Git {
    /// Finds the repository.
    ///
    /// # Errors
    /// When git is missing, or the workshop is not a repository of its own.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        let git = Self { root: root.to_path_buf() };
        let top = match git.command(&["rev-parse", "--show-toplevel"]).output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                anyhow::bail!("git is not installed; upgrade needs it")
            }
            other => other?,
        };
        let found = PathBuf::from(line(&top.stdout));
        if !top.status.success() || found.canonicalize().ok() != root.canonicalize().ok() {
            return Err(Problem::Refused(format!(
                "{} is not a git clone, so there is nothing to upgrade from; clone the workshop and copy your exercises into it",
                root.display()
            ))
            .into());
        }
        Ok(git)
    }

    /// Refuses where a merge cannot begin: on no branch, or in the middle of one.
    ///
    /// # Errors
    /// [`Problem::Refused`].
    pub fn ready(&self) -> anyhow::Result<()> {
        for (head, what) in
            [("MERGE_HEAD", "merge"), ("REBASE_HEAD", "rebase"), ("CHERRY_PICK_HEAD", "cherry-pick")]
        {
            if self.succeeds(&["rev-parse", "--quiet", "--verify", head])? {
                return Err(
                    Problem::Refused(format!("a {what} is under way; finish or abort it first")).into()
                );
            }
        }
        if !self.succeeds(&["symbolic-ref", "--quiet", "HEAD"])? {
            return Err(Problem::Refused("you are on no branch; check one out first".to_owned()).into());
        }
        Ok(())
    }

    /// Fetches, and gives back the commit. Nothing in the tree changes.
    ///
    /// # Errors
    /// When it is not known where from, or the remote cannot be reached.
    pub fn fetch(&self, from: Option<&str>, branch: Option<&str>) -> anyhow::Result<String> {
        let (remote, upstream) = match from {
            Some(from) => (from.to_owned(), None),
            None => self.upstream()?,
        };
        let branch = branch.map(str::to_owned).or(upstream).unwrap_or_else(|| "HEAD".to_owned());
        self.done(&["fetch", "--quiet", "--", &remote, &branch])?;
        self.says(&["rev-parse", "--verify", "FETCH_HEAD^{commit}"])
    }

    /// Remote and branch that the current branch follows.
    fn upstream(&self) -> anyhow::Result<(String, Option<String>)> {
        let branch = self.says(&["symbolic-ref", "--short", "HEAD"])?;
        let setting = |name: &str| self.says(&["config", "--get", &format!("branch.{branch}.{name}")]).ok();
        if let Some(remote) = setting("remote") {
            return Ok((remote, setting("merge")));
        }
        if self.succeeds(&["remote", "get-url", "origin"])? {
            return Ok(("origin".to_owned(), None));
        }
        Err(Problem::Refused(
            "your branch follows no other; say where the new version is with --from".to_owned(),
        )
        .into())
    }

    /// Whether HEAD contains this commit already.
    pub fn has(&self, commit: &str) -> anyhow::Result<bool> {
        self.succeeds(&["merge-base", "--is-ancestor", commit, "HEAD"])
    }

    /// Tracked files that differ from HEAD.
    pub fn dirty(&self) -> anyhow::Result<Vec<String>> {
        self.paths(&["diff", "--name-only", "--no-renames", "-z", "HEAD"])
    }

    /// Puts these files back to HEAD. What HEAD does not know is only taken out of the index.
    pub fn put_back(&self, dirty: &[String]) -> anyhow::Result<()> {
        for path in dirty {
            self.done(&["reset", "--quiet", "HEAD", "--", path])?;
            if self.succeeds(&["cat-file", "-e", &format!("HEAD:{path}")])? {
                self.done(&["checkout", "--quiet", "HEAD", "--", path])?;
            }
        }
        Ok(())
    }

    /// Merges `commit`. In files that `ours` names, a conflict keeps HEAD's side; any other aborts the merge.
    pub fn merge(&self, commit: &str, ours: impl Fn(&str) -> bool) -> anyhow::Result<Merged> {
        let output = self.command(&["merge", "--quiet", "--no-edit", commit]).output()?;
        if output.status.success() {
            return Ok(Merged::Yes);
        }
        let conflicts = self.paths(&["diff", "--name-only", "--diff-filter=U", "-z"])?;
        if conflicts.is_empty() || !conflicts.iter().all(|path| ours(path)) {
            self.abort_merge()?;
            let said = if conflicts.is_empty() {
                spoken(&output)
            } else {
                format!("conflicts in {}", conflicts.join(", "))
            };
            return Ok(Merged::No(said));
        }
        for path in &conflicts {
            if self.succeeds(&["cat-file", "-e", &format!("HEAD:{path}")])? {
                self.done(&["checkout", "--quiet", "HEAD", "--", path])?;
            } else {
                self.done(&["rm", "--quiet", "--force", "--", path])?;
            }
        }
        let commit = self.command(&["commit", "--quiet", "--no-edit"]).output()?;
        if commit.status.success() {
            return Ok(Merged::Yes);
        }
        self.abort_merge()?;
        Ok(Merged::No(spoken(&commit)))
    }

    /// Gives up a merge, if one is under way.
    pub fn abort_merge(&self) -> anyhow::Result<()> {
        if self.succeeds(&["rev-parse", "--quiet", "--verify", "MERGE_HEAD"])? {
            self.done(&["merge", "--abort"])?;
        }
        Ok(())
    }

    /// A file as it is in this commit.
    pub fn show(&self, commit: &str, path: &str) -> Option<String> {
        let output = self.command(&["show", &format!("{commit}:{path}")]).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // What it says is read, so it must be English; and it must not wait for a password or an editor.
        command.current_dir(&self.root).args(arguments).stdin(Stdio::null());
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_EDITOR", "true");
        command
    }

    fn succeeds(&self, arguments: &[&str]) -> anyhow::Result<bool> {
        Ok(self.command(arguments).output()?.status.success())
    }

    fn done(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let output = self.command(arguments).output()?;
        anyhow::ensure!(output.status.success(), "git {}: {}", arguments[0], spoken(&output));
        Ok(())
    }

    fn says(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self.command(arguments).output()?;
        anyhow::ensure!(output.status.success(), "git {}: {}", arguments[0], spoken(&output));
        Ok(line(&output.stdout))
    }

    fn paths(&self, arguments: &[&str]) -> anyhow::Result<Vec<String>> {
        let output = self.command(arguments).output()?;
        anyhow::ensure!(output.status.success(), "git {}: {}", arguments[0], spoken(&output));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
    }
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// What a failed git said, in one line.
fn spoken(output: &Output) -> String {
    let text =
        format!("{}\n{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" | ")
}
