//! Every link of the rendered book leads somewhere inside it. External links are not followed: checks work offline.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use anyhow::Result;
use regex::Regex;

use crate::finding::Finding;
use crate::repo::{Page, Repo, read};

static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\s(?:href|src)="([^"]*)"|url\((#[^)]+)\)"#).expect("a valid pattern"));
static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\sid="([^"]+)""#).expect("a valid pattern"));
static SCHEME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([a-z][a-z+.-]*:|//)").expect("a valid pattern"));

/// Dead links and anchors of all pages, rendered in `dest`; and ids that a page gives twice.
pub fn all(repo: &Repo, dest: &Path) -> Result<Vec<Finding>> {
    let mut rendered: HashMap<PathBuf, String> = HashMap::new();
    for page in &repo.pages {
        let path = PathBuf::from(&page.path).with_extension("html");
        // An orphan is not rendered; it is reported as one.
        if dest.join(&path).is_file() {
            rendered.insert(path.clone(), main(&read(&dest.join(&path))?));
        }
    }
    let ids: HashMap<&Path, HashSet<&str>> =
        rendered.iter().map(|(path, html)| (path.as_path(), ids(html))).collect();
    let mut findings = Vec::new();
    for page in &repo.pages {
        let path = PathBuf::from(&page.path).with_extension("html");
        let Some(html) = rendered.get(&path) else { continue };
        findings.extend(twice(html).into_iter().map(|id| {
            Finding::new(
                page.file(),
                line_of(page, &id),
                "double-id",
                format!("the id {id:?} occurs twice on this page"),
            )
        }));
        for link in links(html) {
            if let Some(why) = dead(dest, &path, &link, &ids) {
                findings.push(Finding::new(
                    page.file(),
                    line_of(page, &link),
                    "dead-link",
                    format!("{link}: {why}"),
                ));
            }
        }
    }
    Ok(findings)
}

/// Why a link of the page at `from` leads nowhere.
fn dead(dest: &Path, from: &Path, link: &str, ids: &HashMap<&Path, HashSet<&str>>) -> Option<String> {
    if SCHEME.is_match(link) {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { Some(from.to_path_buf()) } else { resolve(from, path) };
    let Some(target) = target else { return Some("it leads out of the book".into()) };
    if !dest.join(&target).is_file() {
        return Some("there is no such page or file".into());
    }
    let anchor = anchor.filter(|anchor| !anchor.is_empty())?;
    let known = ids.get(target.as_path()).is_none_or(|ids| ids.contains(anchor));
    (!known).then(|| format!("{} has no anchor #{anchor}", target.display()))
}

/// A relative path from a page, without its `..`; `None` when it climbs out of the book.
fn resolve(from: &Path, path: &str) -> Option<PathBuf> {
    let mut target = PathBuf::new();
    for part in from.parent()?.join(path).components() {
        match part {
            Component::Normal(name) => target.push(name),
            Component::CurDir => {}
            Component::ParentDir if target.pop() => {}
            _ => return None,
        }
    }
    Some(target)
}

/// The text of the page, without mdBook's frame around it.
fn main(html: &str) -> String {
    let inside = html.split_once("<main>").and_then(|(_, rest)| rest.rsplit_once("</main>"));
    inside.map_or(html, |(main, _)| main).to_string()
}

fn links(html: &str) -> Vec<String> {
    let link = |found: regex::Captures<'_>| {
        let raw = found.get(1).or(found.get(2)).map_or("", |part| part.as_str());
        raw.replace("&amp;", "&")
    };
    LINK.captures_iter(html).map(link).collect()
}

fn ids(html: &str) -> HashSet<&str> {
    ID.captures_iter(html).filter_map(|found| Some(found.get(1)?.as_str())).collect()
}

fn twice(html: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let all = ID.captures_iter(html).map(|found| found[1].to_string());
    all.filter(|id| !seen.insert(id.clone())).collect()
}

/// The line on which a page writes a link; the first line for a link that a directive made.
fn line_of(page: &Page, link: &str) -> usize {
    let written = link.replace(".html", ".md");
    let holds = |line: &str| line.contains(link) || line.contains(&written);
    page.text.lines().position(holds).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_resolved_from_its_page() {
        assert_eq!(resolve(Path::new("ch01/one.html"), "../front/a.html"), Some("front/a.html".into()));
        assert_eq!(resolve(Path::new("ch01/one.html"), "two.html"), Some("ch01/two.html".into()));
        assert_eq!(resolve(Path::new("one.html"), "./two.html"), Some("two.html".into()));
        assert_eq!(resolve(Path::new("one.html"), "../../x"), None);
    }

    #[test]
    fn ids_that_occur_twice_are_found_once() {
        assert_eq!(twice(r#"<a id="x"></a><b id="y"/><c id="x"/>"#), ["x"]);
    }
}
