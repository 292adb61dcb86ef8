//! What every page owes its reader.

use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use crate::finding::Finding;
use crate::markdown;
use crate::reference;
use crate::repo::Repo;
use crate::site;

static NO_ALT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"!\[\s*\]\(|<img(?:\s+[a-z-]+="[^"]*")*?\s*/?>"#).expect("a valid pattern")
});

/// What looks like an HTML tag to a Markdown parser.
static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"</?([A-Za-z]\w*)(?:\s[^<>]*)?/?>").expect("a valid pattern"));
/// The tags that a page may have a use for. Anything else is a type, such as `Vec<u8>`, without its backticks.
const TAGS: &str = "a abbr b br button canvas code dd details div dl dt em figcaption figure i img input kbd label li \
                    ol option output p pre script section select small span strong sub summary sup table tbody td th \
                    thead tr ul";

/// Pages that SUMMARY.md does not list: nobody would find them.
pub fn orphans(repo: &Repo) -> Result<Vec<Finding>> {
    let listed = site::listed(repo)?;
    let orphans = repo.pages.iter().filter(|page| !listed.contains(&page.path));
    Ok(orphans
        .map(|page| Finding::new(page.file(), 1, "orphan-page", "SUMMARY.md does not list this page"))
        .collect())
}

/// One title a page, a text for every picture, and no word that a browser would take for a tag.
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
            let text = reference::CODE_SPAN.replace_all(text, "");
            for tag in TAG.captures_iter(&text).filter(|tag| TAGS.split(' ').all(|known| known != &tag[1])) {
                let message = format!("{} is no HTML and would vanish: write it as `code`", &tag[0]);
                findings.push(Finding::new(page.file(), line, "lost-text", message));
            }
        }
    }
    findings
}
