//! Decoys: plausible wrong answers, each of which a named test must catch.

use std::path::Path;

use anyhow::Context as _;
use thiserror::Error;

use crate::starter::{StarterError, with_hole};

/// A wrong answer, as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoy {
    /// The file's name without `.rs`.
    pub name: String,
    /// The mistake, in one line.
    pub mistake: String,
    /// The test that must fail.
    pub killed_by: String,
    /// What the failing test's output must contain.
    pub says: String,
    /// Hole and replacement.
    regions: Vec<(String, String)>,
}

/// Why a decoy's file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecoyError {
    /// A line of the header is missing.
    #[error("expected a line `// {0}: …` above the first region")]
    Header(&'static str),
    /// No region.
    #[error("expected a line `// region: hole_name` and the wrong answer below it")]
    NoRegion,
    /// The file's name becomes part of a package's name.
    #[error("expected a file name of a-z, 0-9 and _")]
    Name,
    /// A region names no hole of the solution.
    #[error(transparent)]
    Hole(#[from] StarterError),
}

impl Decoy {
    /// Reads the text of a decoy's file.
    pub fn parse(name: &str, text: &str) -> Result<Self, DecoyError> {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            return Err(DecoyError::Name);
        }
        let mut regions: Vec<(String, String)> = Vec::new();
        let mut header = Vec::new();
        for line in text.lines() {
            if let Some(hole) = line.strip_prefix("// region:") {
                regions.push((hole.trim().to_owned(), String::new()));
            } else if let Some((_, replacement)) = regions.last_mut() {
                replacement.push_str(line);
                replacement.push('\n');
            } else {
                header.push(line);
            }
        }
        let field = |key: &'static str| {
            let prefix = format!("// {key}:");
            let found = header.iter().find_map(|line| line.strip_prefix(&prefix)).map(str::trim);
            found.filter(|value| !value.is_empty()).map(str::to_owned).ok_or(DecoyError::Header(key))
        };
        let decoy = Self {
            name: name.to_owned(),
            mistake: field("mistake")?,
            killed_by: field("killed by")?,
            says: field("says")?,
            regions,
        };
        if decoy.regions.is_empty() { Err(DecoyError::NoRegion) } else { Ok(decoy) }
    }

    /// The solution with this mistake in it.
    pub fn source(&self, solution: &str) -> Result<String, DecoyError> {
        let mut source = solution.to_owned();
        for (hole, replacement) in &self.regions {
            source = with_hole(&source, hole, replacement)?;
        }
        Ok(source)
    }
}

/// The decoys in a solution's folder, by name; an unusable one as its error.
pub fn of_solution(solution: &Path) -> anyhow::Result<Vec<(String, Result<Decoy, DecoyError>)>> {
    let folder = solution.join("decoys");
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
        {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                found.push((name.clone(), Decoy::parse(&name, &text)));
            }
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "// YOUR CODE a: x\n1\n// END YOUR CODE\n// YOUR CODE b: y\n2\n// END YOUR CODE\n";
    const HEADER: &str = "// mistake: m\n// killed by: t\n// says: s\n";

    #[test]
    fn replaces_each_region() {
        let decoy = Decoy::parse("d_2", &format!("{HEADER}// region: b\n20\n// region: a\n10\n")).unwrap();
        assert_eq!(decoy.source(SOLUTION).unwrap(), SOLUTION.replace('1', "10").replace("\n2\n", "\n20\n"));
        assert_eq!((decoy.name.as_str(), decoy.killed_by.as_str(), decoy.says.as_str()), ("d_2", "t", "s"));
    }

    #[test]
    fn an_unusable_file_is_named() {
        assert_eq!(Decoy::parse("D", HEADER), Err(DecoyError::Name));
        assert_eq!(Decoy::parse("d", HEADER), Err(DecoyError::NoRegion));
        for missing in ["mistake", "killed by", "says"] {
            let text = format!("{HEADER}// region: a\n").replace(&format!("// {missing}:"), "//");
            assert_eq!(Decoy::parse("d", &text), Err(DecoyError::Header(missing)));
        }
        let nowhere = Decoy::parse("d", &format!("{HEADER}// region: c\n")).unwrap();
        assert!(matches!(nowhere.source(SOLUTION), Err(DecoyError::Hole(_))));
    }
}
