//! Renders the book: expands every page, then hands it to mdBook.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::Chapter;
use mdbook_driver::config::Config;
use regex::Regex;

use crate::expand;
use crate::finding::Finding;
use crate::repo::{Repo, read, slashed};

/// The table of contents, from the repository's root.
const SUMMARY: &str = "book/text/SUMMARY.md";
/// Where the rendered book lies, from the repository's root.
pub const OUT: &str = "book/out";

static ENTRY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\]\(([^)\s]+\.md)\)").expect("a valid pattern"));

/// Renders the book into `dest` and says what is wrong with its pages. A page with a fault is rendered too,
/// with the fault shown in its place, so that a preview goes on working; a table of contents that names pages which do not exist is not.
pub fn build(repo: &Repo, dest: &Path) -> Result<Vec<Finding>> {
    let missing = missing(repo)?;
    if !missing.is_empty() {
        return Ok(missing);
    }
    let root = repo.root.join("book");
    let mut config = Config::from_disk(root.join("book.toml"))?;
    config.build.build_dir = std::path::absolute(dest)?;
    let mut book = MDBook::load_with_config(&root, config).context(SUMMARY)?;

    let mut findings = Vec::new();
    book.book.for_each_chapter_mut(|chapter| {
        let path = chapter.source_path.as_deref().map(slashed);
        if let Some(page) = path.and_then(|path| repo.page(&path)) {
            let (text, faults) = expand::page(repo, page);
            findings.extend(faults);
            chapter.content = text;
        }
    });
    book.build().context("mdBook could not render the book")?;
    findings.sort();
    Ok(findings)
}

/// The pages of SUMMARY.md, in reading order, as paths below `book/text/`.
pub fn listed(repo: &Repo) -> Result<Vec<String>> {
    let root = repo.root.join("book");
    let book = MDBook::load_with_config(&root, Config::from_disk(root.join("book.toml"))?)?;
    let path = |chapter: &Chapter| chapter.source_path.as_deref().map(slashed);
    Ok(book.book.chapters().filter_map(path).collect())
}

/// Entries of SUMMARY.md whose page does not exist.
pub fn missing(repo: &Repo) -> Result<Vec<Finding>> {
    let text = read(&repo.root.join(SUMMARY))?;
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for entry in
            ENTRY.captures_iter(line).filter(|entry| repo.page(entry[1].trim_start_matches("./")).is_none())
        {
            findings.push(Finding::new(
                SUMMARY,
                index + 1,
                "missing-page",
                format!("{} does not exist", &entry[1]),
            ));
        }
    }
    Ok(findings)
}
