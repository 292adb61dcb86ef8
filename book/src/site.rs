//! Renders the book: expands every page, then hands it to mdBook.

use std::path::Path;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::Chapter;
use mdbook_driver::config::Config;

use crate::expand;
use crate::finding::Finding;
use crate::repo::{Repo, slashed};

/// Where the rendered book lies, from the repository's root.
pub const OUT: &str = "book/out";

/// Renders the book into `dest` and says what is wrong with its pages. A page with a fault is rendered too,
/// with the fault shown in its place, so that a preview goes on working.
pub fn build(repo: &Repo, dest: &Path) -> Result<Vec<Finding>> {
    let root = repo.root.join("book");
    let mut config = Config::from_disk(root.join("book.toml"))?;
    config.build.build_dir = std::path::absolute(dest)?;
    let mut book = MDBook::load_with_config(&root, config).context("book/text/SUMMARY.md")?;

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
