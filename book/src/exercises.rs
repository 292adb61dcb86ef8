//! What the book knows of an exercise: its manifest's metadata and its README's second line.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow};
use regex::Regex;
use serde::Deserialize;

use crate::repo;

/// One exercise, as a card shows it.
#[derive(Debug)]
pub struct Exercise {
    /// For example `01-03`.
    pub id: String,
    /// The chapter's number.
    pub chapter: u8,
    /// The folder, from the repository's root.
    pub folder: String,
    /// What its manifest says.
    pub about: About,
    /// About how many lines are missing.
    pub lines: Option<u32>,
}

/// `[package.metadata.workshop]`. Fields that only the runner needs are left out.
#[derive(Debug, Deserialize)]
pub struct About {
    /// A few words.
    pub title: String,
    /// Minutes a newcomer may take.
    pub minutes: u32,
    /// The page to read, below `book/text/`.
    pub page: String,
    /// The concepts it exercises.
    #[serde(default)]
    pub concepts: Vec<String>,
    /// The one system it needs, if it needs one.
    pub os: Option<String>,
}

static LINES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"about (\d+) lines").expect("a valid pattern"));

/// Every exercise in `exercises/chNN/MM-name/`, in order.
pub fn load(root: &Path) -> Result<Vec<Exercise>> {
    let mut found = Vec::new();
    for manifest in repo::files_below(&root.join("exercises"))? {
        let folder = repo::slashed(manifest.strip_prefix(root)?.parent().unwrap_or(Path::new("")));
        let Some((chapter, number)) = place(&folder).filter(|_| manifest.ends_with("Cargo.toml")) else {
            continue;
        };
        let about = about(&repo::read(&manifest)?).with_context(|| format!("{folder}/Cargo.toml"))?;
        let readme = std::fs::read_to_string(manifest.with_file_name("README.md")).unwrap_or_default();
        let facts = readme.lines().nth(1).unwrap_or_default();
        found.push(Exercise {
            id: format!("{chapter:02}-{number}"),
            chapter,
            lines: LINES.captures(facts).and_then(|found| found[1].parse().ok()),
            folder,
            about,
        });
    }
    Ok(found)
}

/// Chapter and number of `exercises/ch01/03-name`.
fn place(folder: &str) -> Option<(u8, &str)> {
    let (chapter, name) = folder.strip_prefix("exercises/ch")?.split_once('/')?;
    let number = name.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    (!name.contains('/')).then_some((chapter.parse().ok()?, number))
}

fn about(manifest: &str) -> Result<About> {
    let manifest: toml::Value = toml::from_str(manifest)?;
    let table = manifest.get("package").and_then(|package| package.get("metadata")?.get("workshop"));
    let table = table.ok_or_else(|| anyhow!("[package.metadata.workshop] is missing"))?;
    Ok(table.clone().try_into()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exercise_folders_have_a_place() {
        assert_eq!(place("exercises/ch01/03-name"), Some((1, "03")));
        assert_eq!(place("exercises/ch01/03-name/target"), None);
        assert_eq!(place("exercises/spec-kit"), None);
    }
}
