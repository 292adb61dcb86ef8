//! Chapter by chapter: is every concept explained on a page, and realised in code or an exercise?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

use super::readme::{concept_ids, is_concept};
use super::report::ChapterReport;
use crate::chapters::CHAPTERS;
use crate::exercise::Exercise;

/// `book/concepts.toml`: every concept of the workshop, and the chapter that teaches it.
#[derive(Debug, Default, Deserialize)]
pub struct Concepts {
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Debug, Deserialize)]
struct Concept {
    id: String,
    chapter: u8,
}

impl Concepts {
    /// Reads `book/concepts.toml`.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join("book/concepts.toml");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }

    /// The identifiers of all chapters.
    pub fn ids(&self) -> BTreeSet<String> {
        self.concept.iter().map(|concept| concept.id.clone()).collect()
    }

    fn of_chapter(&self, number: u8) -> impl Iterator<Item = &str> {
        self.concept
            .iter()
            .filter(move |concept| concept.chapter == number)
            .map(|concept| concept.id.as_str())
    }
}

/// One chapter. Number 0 is the front matter, whose concepts later chapters may explain as well.
pub fn chapter(
    root: &Path,
    number: u8,
    concepts: &Concepts,
    exercises: &[Exercise],
) -> anyhow::Result<ChapterReport> {
    let book = root.join("book/text");
    let name = format!("ch{number:02}");
    let package = CHAPTERS.iter().find(|chapter| chapter.number == number).map(|chapter| chapter.package);
    let (pages, code) = if number == 0 {
        (vec![book.clone()], vec![root.join("chapters"), root.join("exercises")])
    } else {
        let package = root.join("chapters").join(package.unwrap_or(&name));
        (vec![book.join(&name)], vec![package, root.join("exercises").join(&name)])
    };
    let written = if number == 0 { book.join("front").is_dir() } else { pages[0].is_dir() };
    let has_exercises = exercises.iter().any(|exercise| exercise.chapter == number);
    if !written && !has_exercises {
        let detail = "not written yet".to_owned();
        return Ok(ChapterReport { number, written, ok: true, detail, concepts: BTreeMap::new() });
    }

    let mut problems = Vec::new();
    if number != 0 && !code[0].join("Cargo.toml").is_file() {
        problems.push(format!("no crate at {}", shown(root, &code[0])));
    }
    if !written {
        problems.push(format!("has exercises, but no pages at {}", shown(root, &pages[0])));
    }
    for folder in orphans(root, &name)? {
        problems.push(format!("{folder} is the solution of no exercise"));
    }
    // The appendix lists every concept, which explains none.
    let appendix = book.join("appendix");
    let mut explained = BTreeSet::new();
    for page in files_in(&pages, "md")?.iter().filter(|page| !page.starts_with(&appendix)) {
        explained.extend(concept_ids(&read(page)?).map(str::to_owned));
    }
    // A doc comment may write `T-01` in backticks, because rustdoc takes brackets for a link.
    let mut realised = BTreeSet::new();
    for file in files_in(&code, "rs")?.iter().chain(&files_in(&code, "md")?) {
        let text = read(file)?;
        realised.extend(concept_ids(&text).map(str::to_owned));
        realised.extend(text.split('`').filter(|id| is_concept(id)).map(str::to_owned));
    }

    let mut lists: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for id in concepts.of_chapter(number) {
        let state = match (explained.contains(id), realised.contains(id)) {
            (true, true) => "realised",
            (true, false) => "only_explained",
            (false, _) => "missing",
        };
        lists.entry(state).or_default().push(id.to_owned());
    }
    let count = |state: &str| lists.get(state).map_or(0, Vec::len);
    let list = |state: &str| lists.get(state).map(|ids| ids.join(", ")).unwrap_or_default();
    let total = concepts.of_chapter(number).count();
    let mut detail = format!(
        "{} of {total} concepts explained, {} realised in code",
        total - count("missing"),
        count("realised")
    );
    if count("only_explained") > 0 {
        detail.push_str(&format!(" (only explained: {})", list("only_explained")));
    }
    if written && count("missing") > 0 {
        problems.push(format!("explained on no page: {}", list("missing")));
    }
    for problem in &problems {
        detail.push_str(&format!("\n{problem}"));
    }
    Ok(ChapterReport { number, written, ok: problems.is_empty(), detail, concepts: lists })
}

/// The solutions of a chapter that have no exercise.
fn orphans(root: &Path, chapter: &str) -> anyhow::Result<Vec<String>> {
    let solutions = root.join("solutions").join(chapter);
    let mut found = Vec::new();
    if solutions.is_dir() {
        for entry in std::fs::read_dir(&solutions)? {
            let name = entry?.file_name();
            if !root.join("exercises").join(chapter).join(&name).is_dir() {
                found.push(shown(root, &solutions.join(name)));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The pages of the chapter that show an exercise's card.
pub fn pages_showing(root: &Path, exercise: &Exercise) -> anyhow::Result<Vec<String>> {
    let card = format!("{{{{#exercise {}}}}}", exercise.id);
    let book = root.join("book/text");
    let mut found = Vec::new();
    for page in files(&book.join(format!("ch{:02}", exercise.chapter)), "md")? {
        if read(&page)?.contains(&card) {
            found.push(shown(&book, &page));
        }
    }
    Ok(found)
}

fn files_in(folders: &[PathBuf], extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in folders {
        found.extend(files(folder, extension)?);
    }
    Ok(found)
}

/// The files below `folder` with this extension, sorted; none if there is no such folder.
fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop().filter(|folder| folder.is_dir()) {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
