//! The concepts of the source texts: `book/concepts.toml`.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::repo;

/// The list, from the repository's root.
pub const FILE: &str = "book/concepts.toml";

/// One concept that the source texts ask for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// For example `T-04`.
    pub id: String,
    /// A few words.
    pub title: String,
    /// The layer that teaches it, 0 to 10.
    pub chapter: u8,
    /// Where the sources state it: `A 3`, `B 3|5`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What it is, in our words; Markdown.
    pub text: String,
    /// Where the sources are wrong, dated or incomplete; Markdown.
    pub correction: Option<String>,
}

impl Concept {
    /// The anchor of its entry in the appendix.
    pub fn anchor(&self) -> String {
        self.id.to_lowercase()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    concept: Vec<Concept>,
}

/// Reads the list; without a file it is empty.
pub fn load(root: &Path) -> Result<Vec<Concept>> {
    let path = root.join(FILE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let list: List = toml::from_str(&repo::read(&path)?).with_context(|| FILE)?;
    Ok(list.concept)
}
