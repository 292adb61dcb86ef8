//! Figures: each is valid, used, and shares no id with another one, since all of them meet on the print page.

use std::collections::HashMap;

use anyhow::Result;

use crate::directive::figure;
use crate::finding::Finding;
use crate::repo::{Repo, files_below, read, slashed};

/// What is wrong with the figures, used or not.
pub fn all(repo: &Repo) -> Result<Vec<Finding>> {
    let folder = repo.root.join(figure::FOLDER);
    let mut findings = Vec::new();
    let mut owners: HashMap<String, String> = HashMap::new();
    for path in files_below(&folder)? {
        let name = slashed(path.strip_prefix(&folder)?);
        let file = format!("{}/{name}", figure::FOLDER);
        if !name.ends_with(".svg") {
            findings.push(Finding::new(file, 1, "figure", "a figure is an SVG"));
            continue;
        }
        let svg = read(&path)?;
        findings.extend(figure::faults(&svg).into_iter().map(|why| Finding::new(&file, 1, "figure", why)));
        let shown = format!("{{{{#figure {name}");
        if !repo.pages.iter().any(|page| page.text.contains(&shown)) {
            findings.push(Finding::new(&file, 1, "figure", "no page shows this figure"));
        }
        for id in figure::ids(&svg) {
            if let Some(other) = owners.insert(id.clone(), name.clone()).filter(|other| *other != name) {
                let why =
                    format!("the id {id:?} is also in {other}; give each figure's ids a prefix of their own");
                findings.push(Finding::new(&file, 1, "figure", why));
            }
        }
    }
    Ok(findings)
}
