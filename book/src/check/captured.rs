//! Captured output: listed, present and shown. Whether it is still true is `capture --check`'s to say.

use anyhow::Result;

use crate::captures::FILE;
use crate::finding::{Finding, line_of};
use crate::mask::Masks;
use crate::repo::{Repo, files_below, slashed};

/// Captures that no page shows or whose mask is no pattern; and files that nobody captures. A capture without
/// its file is reported on the page that shows it.
pub fn all(repo: &Repo) -> Result<Vec<Finding>> {
    let list = std::fs::read_to_string(repo.root.join(FILE)).unwrap_or_default();
    let mut findings = Vec::new();
    for capture in &repo.captures {
        let line = line_of(&list, &format!("\"{}\"", capture.name));
        let mut fault = |message: String| findings.push(Finding::new(FILE, line, "capture", message));
        let shown = format!("{{{{#output {}", capture.name);
        let shows = |line: &str| line.split(&shown).nth(1).is_some_and(|rest| rest.starts_with([' ', '}']));
        if !repo.pages.iter().any(|page| page.text.lines().any(shows)) {
            fault(format!("no page shows {}", capture.name));
        }
        if let Err(why) = Masks::of(capture) {
            fault(format!("{}: {why:#}", capture.name));
        }
    }
    for path in files_below(&repo.root.join("book/captured"))? {
        let file = slashed(path.strip_prefix(&repo.root)?);
        if file != FILE && !repo.captures.iter().any(|capture| capture.file() == file) {
            findings.push(Finding::new(
                file,
                1,
                "capture",
                format!("{FILE} does not say how this was captured"),
            ));
        }
    }
    Ok(findings)
}
