//! The exercises, as their Cargo.toml and README.md describe them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::problem::Problem;
use crate::source::read_text;

/// One exercise of the workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Chapter and number, such as `01-03`.
    pub id: String,
    /// The folder's name without its number, such as `thread-per-connection`.
    pub name: String,
    /// The chapter it belongs to.
    pub chapter: u8,
    /// What it is called.
    pub title: String,
    /// How long it takes most readers.
    pub minutes: u32,
    /// The page to read, below `book/text/`.
    pub page: String,
    /// The concepts it practises, such as `T-01`.
    pub concepts: Vec<String>,
    /// The only operating system it works on, if there is one.
    pub os: Option<String>,
    /// Tests that may pass on the starter, each with the reason.
    pub may_pass: BTreeMap<String, String>,
    /// Its folder, from the workshop's root, with `/` between the parts.
    pub folder: String,
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    workshop: Option<Description>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Description {
    title: String,
    minutes: u32,
    page: String,
    concepts: Vec<String>,
    os: Option<String>,
    #[serde(default)]
    may_pass: BTreeMap<String, String>,
}

impl Exercise {
    /// Reads every exercise below `root`, in the order of their ids.
    ///
    /// # Errors
    /// When a folder cannot be read, or a Cargo.toml does not describe its exercise.
    pub fn all(root: &Path) -> anyhow::Result<Vec<Self>> {
        let mut found = Vec::new();
        for chapter in folders(&root.join("exercises"))? {
            let Some(number) = chapter.strip_prefix("ch").and_then(|number| number.parse().ok()) else {
                continue;
            };
            for folder in folders(&root.join("exercises").join(&chapter))? {
                let path = format!("exercises/{chapter}/{folder}");
                if root.join(&path).join("Cargo.toml").is_file() {
                    found.push(Self::read(root, number, &folder, path)?);
                }
            }
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(found)
    }

    fn read(root: &Path, chapter: u8, folder: &str, path: String) -> anyhow::Result<Self> {
        let file = root.join(&path).join("Cargo.toml");
        let bad = |reason: String| Problem::BadExercise { path: file.clone(), reason };
        let (number, name) = folder
            .split_once('-')
            .filter(|(number, _)| number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit()))
            .ok_or_else(|| bad(format!("expected a folder such as 01-name, got {folder}")))?;
        let id = format!("{chapter:02}-{number}");
        let manifest: Manifest =
            toml::from_str(&read_text(&file)?).map_err(|error| bad(error.to_string()))?;
        if manifest.package.name != format!("ex{id}") {
            return Err(bad(format!("expected the package ex{id}, got {}", manifest.package.name)).into());
        }
        let about = manifest
            .package
            .metadata
            .and_then(|metadata| metadata.workshop)
            .ok_or_else(|| bad("expected [package.metadata.workshop]".to_owned()))?;
        Ok(Self {
            id,
            name: name.to_owned(),
            chapter,
            title: about.title,
            minutes: about.minutes,
            page: about.page,
            concepts: about.concepts,
            os: about.os,
            may_pass: about.may_pass,
            folder: path,
        })
    }

    /// The package to test.
    pub fn package(&self) -> String {
        format!("ex{}", self.id)
    }

    /// The file to open, from the root.
    pub fn source(&self) -> String {
        format!("{}/src/lib.rs", self.folder)
    }

    /// The spec, from the root.
    pub fn spec(&self) -> String {
        format!("{}/tests/spec.rs", self.folder)
    }

    /// The worked answer, from the root.
    pub fn solution(&self) -> String {
        format!("{}/src/lib.rs", self.folder.replacen("exercises", "solutions", 1))
    }

    /// Whether this machine has the operating system that the exercise needs.
    pub fn available(&self) -> bool {
        self.os.as_deref().is_none_or(|os| os == std::env::consts::OS)
    }

    /// The graded hints of README.md, from the lightest to the plainest.
    ///
    /// # Errors
    /// When README.md cannot be read.
    pub fn hints(&self, root: &Path) -> anyhow::Result<Vec<String>> {
        Ok(hints_of(&read_text(&root.join(&self.folder).join("README.md"))?))
    }

    /// The title of the page to read: its first heading, or its path while it is not written.
    pub fn page_title(&self, root: &Path) -> String {
        let text = fs::read_to_string(root.join("book/text").join(&self.page)).unwrap_or_default();
        let heading = text.lines().find_map(|line| line.strip_prefix("# "));
        heading.map_or_else(|| self.page.clone(), |title| title.trim().to_owned())
    }
}

/// The texts below the headings `## Hint 1`, `## Hint 2`, …
fn hints_of(readme: &str) -> Vec<String> {
    let mut hints: Vec<String> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("## ") {
            inside = line.starts_with("## Hint");
            if inside {
                hints.push(String::new());
            }
        } else if inside && let Some(hint) = hints.last_mut() {
            hint.push_str(line);
            hint.push('\n');
        }
    }
    hints.iter().map(|hint| hint.trim().to_owned()).collect()
}

/// The names of the folders in `path`, sorted.
fn folders(path: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.path().is_dir()
            && let Ok(name) = entry.file_name().into_string()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Finds the exercise that a reader names: `01-03`, `1-3`, `ex01-03`, `thread-per-connection`, or a path.
///
/// # Errors
/// [`Problem::UnknownExercise`], with the one that is most like it.
pub fn find<'a>(exercises: &'a [Exercise], given: &str) -> Result<&'a Exercise, Problem> {
    let wanted = canonical(given);
    exercises.iter().find(|exercise| exercise.id == wanted || exercise.name == wanted).ok_or_else(|| {
        let likeness = |exercise: &Exercise| {
            let ratio = |text: &str| similar::TextDiff::from_chars(text, wanted.as_str()).ratio();
            ratio(&exercise.id).max(ratio(&exercise.name))
        };
        let nearest = exercises.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        Problem::UnknownExercise {
            given: given.to_owned(),
            nearest: nearest.map(|exercise| exercise.id.clone()),
        }
    })
}

/// `1-3`, `ex01-03` and `exercises/ch01/03-name/src/lib.rs` become `01-03`; a name stays a name.
fn canonical(given: &str) -> String {
    let parts: Vec<&str> =
        given.split(['/', '\\']).filter(|part| !part.is_empty()).take_while(|part| *part != "src").collect();
    if let [.., chapter, folder] = parts[..]
        && let Some(chapter) = chapter.strip_prefix("ch")
        && let Some((number, _)) = folder.split_once('-')
    {
        return format!("{chapter}-{number}");
    }
    let last = parts.last().copied().unwrap_or(given);
    match last.trim_start_matches("ex").split_once('-').map(|(a, b)| (a.parse::<u8>(), b.parse::<u8>())) {
        Some((Ok(chapter), Ok(number))) => format!("{chapter:02}-{number:02}"),
        _ => match last.split_once('-') {
            Some((number, name)) if number.parse::<u8>().is_ok() => name.to_owned(),
            _ => last.to_owned(),
        },
    }
}

/// The exercise that a file belongs to.
pub fn owner<'a>(exercises: &'a [Exercise], root: &Path, file: &Path) -> Option<&'a Exercise> {
    exercises.iter().find(|exercise| file.starts_with(root.join(PathBuf::from(&exercise.folder))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_an_exercise() {
        for given in
            ["01-03", "1-3", "ex01-03", "ex1-3", "exercises/ch01/03-a-name/", "ch01/03-a-name/src/lib.rs"]
        {
            assert_eq!(canonical(given), "01-03", "{given}");
        }
        assert_eq!(canonical("a-name"), "a-name");
        assert_eq!(canonical("03-a-name"), "a-name");
        assert_eq!(canonical("nonsense"), "nonsense");
    }

    #[test]
    fn hints_end_at_the_next_heading() {
        let readme = "# x\n## Hint 1\na\n\nb\n## Hint 2\nc\n## Afterwards\nno hint\n";
        assert_eq!(hints_of(readme), ["a\n\nb", "c"]);
    }
}
