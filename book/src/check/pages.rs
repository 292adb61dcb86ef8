//! What every page owes its reader.

use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use crate::finding::Finding;
use crate::markdown;
use crate::repo::Repo;
use crate::site;

static NO_ALT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"!\[\s*\]\(|<img(?:\s+[a-z-]+="[^"]*")*?\s*/?>"#).expect("a valid pattern")
});

/// Pages that SUMMARY.md does not list: nobody would find them.
pub fn orphans(repo: &Repo) -> Result<Vec<Finding>> {
    let listed = site::listed(repo)?;
    let orphans = repo.pages.iter().filter(|page| !listed.contains(&page.path));
    Ok(orphans
        .map(|page| Finding::new(page.file(), 1, "orphan-page", "SUMMARY.md does not list this page"))
        .collect())
}

/// One title a page, and a text for every picture.
pub fn shape(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in &repo.pages {
        let titles: Vec<_> =
            markdown::headings(&page.text).into_iter().filter(|(_, level, _)| *level == 1).collect();
        match titles.as_slice() {
            [_] => {}
            [] => findings.push(Finding::new(page.file(), 1, "title", "the page has no `# title`")),
            [_, (line, _, _), ..] => {
                findings.push(Finding::new(
                    page.file(),
                    *line,
                    "title",
                    "a second `# title`; a page has one",
                ));
            }
        }
        for (line, text) in markdown::prose(&page.text) {
            for picture in NO_ALT.find_iter(text).filter(|it| !it.as_str().contains("alt=\"")) {
                let message = format!("{} has no alternative text", picture.as_str());
                findings.push(Finding::new(page.file(), line, "alt-text", message));
            }
        }
    }
    findings
}
