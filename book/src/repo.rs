//! Where things lie, and everything the pages draw on, read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::captures::{self, Capture};
use crate::concepts::{self, Concept};
use crate::exercises::{self, Exercise};
use crate::markdown;
use crate::reference;

/// What marks the repository's root.
const BOOK: &str = "book/book.toml";

/// One page of the book.
#[derive(Debug)]
pub struct Page {
    /// Path below `book/text/`, with forward slashes.
    pub path: String,
    /// The text of its first heading, or the path when it has none.
    pub title: String,
    /// The Markdown, as written.
    pub text: String,
}

impl Page {
    /// The path from the repository's root, for messages.
    pub fn file(&self) -> String {
        format!("book/text/{}", self.path)
    }

    /// The first folder of the path: `ch01`, `front`, `appendix`.
    pub fn folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// A link from this page to another one, given the target's path below `book/text/`.
    pub fn link_to(&self, target: &str) -> String {
        let up = "../".repeat(self.path.matches('/').count());
        format!("{up}{target}")
    }
}

/// The repository as the book sees it.
#[derive(Debug)]
pub struct Repo {
    /// The folder that holds `book/`, `chapters/` and `exercises/`.
    pub root: PathBuf,
    /// Every page below `book/text/`, in reading order; pages that nobody lists come last.
    pub pages: Vec<Page>,
    /// The concepts of `book/concepts.toml`, in the file's order.
    pub concepts: Vec<Concept>,
    /// The exercises, in order.
    pub exercises: Vec<Exercise>,
    /// The entries of `book/captured/captures.toml`.
    pub captures: Vec<Capture>,
    /// Concept id → indexes into `pages` of the pages that mention it.
    pub mentions: BTreeMap<String, Vec<usize>>,
}

impl Repo {
    /// Reads everything below `root` that the pages draw on.
    pub fn load(root: &Path) -> Result<Repo> {
        let text = root.join("book/text");
        let mut pages = Vec::new();
        for file in files_below(&text)? {
            let path = slashed(file.strip_prefix(&text)?);
            if path.ends_with(".md") && path != "SUMMARY.md" {
                let text = read(&file)?;
                let title = markdown::headings(&text).into_iter().find(|(_, level, _)| *level == 1);
                pages.push(Page { title: title.map_or(path.clone(), |(_, _, title)| title), path, text });
            }
        }
        let summary = std::fs::read_to_string(text.join("SUMMARY.md")).unwrap_or_default();
        pages.sort_by_key(|page| summary.find(&format!("]({})", page.path)).unwrap_or(usize::MAX));
        let mut mentions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.folder() != "appendix") {
            for id in reference::mentioned(&page.text) {
                mentions.entry(id).or_default().push(index);
            }
        }
        Ok(Repo {
            concepts: concepts::load(root)?,
            exercises: exercises::load(root)?,
            captures: captures::load(root)?,
            root: root.to_path_buf(),
            pages,
            mentions,
        })
    }

    /// The page at `path` below `book/text/`.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }

    /// The concept with this id.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.id == id)
    }

    /// Whether a layer has pages.
    pub fn is_written(&self, layer: u8) -> bool {
        let folder = crate::layers::folder(layer);
        self.pages.iter().any(|page| page.folder() == folder)
    }
}

/// The repository's root: the nearest folder from here upwards that holds the book.
pub fn find_root() -> Result<PathBuf> {
    // `cargo run` says where this crate lies, whatever folder the reader stands in.
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => std::env::current_dir()?,
    };
    let holds_book = |dir: &&Path| dir.join(BOOK).is_file();
    with_book(start.ancestors().find(holds_book).unwrap_or(&start))
}

/// `root`, if it is one.
pub fn with_book(root: &Path) -> Result<PathBuf> {
    if !root.join(BOOK).is_file() {
        bail!("there is no {BOOK} in {}: run this inside the workshop", root.display());
    }
    Ok(root.to_path_buf())
}

/// The text of a file, with its path in the error.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Every file below `dir`, sorted, so that every run sees the same order. A missing folder has no files.
pub fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// A path with forward slashes, as links and messages write it.
pub fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::finding::Finding;

    /// The small good book that all tests start from.
    pub fn repo() -> Repo {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/good");
        Repo::load(&root).expect("the fixture loads")
    }

    /// What `text` becomes as a page of that book.
    pub fn expanded(repo: &Repo, text: &str) -> (String, Vec<Finding>) {
        let page = Page { path: "ch01/test.md".into(), title: "Test".into(), text: text.into() };
        crate::expand::page(repo, &page)
    }

    #[test]
    fn pages_come_in_reading_order() {
        let paths: Vec<_> = repo().pages.into_iter().map(|page| page.path).collect();
        assert_eq!(paths, ["ch01/one.md", "appendix/concepts.md", "appendix/sources.md"]);
    }

    #[test]
    fn pages_have_titles_and_know_their_folder() {
        let repo = repo();
        let page = repo.page("ch01/one.md").expect("the page");
        assert_eq!((page.title.as_str(), page.folder()), ("One", "ch01"));
        assert_eq!(page.link_to("appendix/concepts.md"), "../appendix/concepts.md");
    }
}
