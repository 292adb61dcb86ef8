//! `[T-04]`, `[A §4.1]` and `[B 3|5]` in running text become links to the appendix.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::markdown;
use crate::repo::{Page, Repo};

/// The page that lists every concept.
pub const CONCEPTS: &str = "appendix/concepts.md";
/// The page on the source texts.
pub const SOURCES: &str = "appendix/sources.md";

static CONCEPT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([A-Z]-\d\d)\]").expect("a valid pattern"));
static SECTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([ABC]) §? ?(\d+(?:[.|]\d+)*)").expect("a valid pattern"));
/// Code inside a line, which means what it says.
pub static CODE_SPAN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"``.+?``|`[^`]*`").expect("a valid pattern"));
/// A concept, a source, or something in which neither is a reference: a code span, a link.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    // A link's text may hold one pair of brackets of its own.
    let link = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^)]*\)";
    // In a table the bar between a source's numbers is written `\|`.
    let source = r"\[(?<source>[ABC] §? ?\d+(?:(?:\.|\\?\|)\d+)*)\]";
    let pattern = format!(r"{}|{link}|\[(?<concept>[A-Z]-\d\d)\]|{source}", CODE_SPAN.as_str());
    Regex::new(&pattern).expect("a valid pattern")
});

/// Links the references in one line of running text. Unknown ones go to `fault` and stay as they are.
pub fn link(repo: &Repo, page: &Page, line: &str, fault: &mut dyn FnMut(String)) -> String {
    let swap = |found: &Captures<'_>| {
        if let Some(id) = found.name("concept").map(|id| id.as_str()) {
            match repo.concept(id) {
                Some(it) => {
                    return format!("[{id}]({}#{} {:?})", page.link_to(CONCEPTS), it.anchor(), it.title);
                }
                None => fault(format!("[{id}] is no concept of {}", crate::concepts::FILE)),
            }
        } else if let Some(name) = found.name("source").map(|name| name.as_str()) {
            match section(repo, name) {
                Some(anchor) => return format!("[{name}]({}#{anchor})", page.link_to(SOURCES)),
                None => fault(format!("[{name}] has no heading in {SOURCES}")),
            }
        }
        found[0].to_string()
    };
    REFERENCE.replace_all(line, swap).into_owned()
}

/// The anchor of a source's section, such as `A §4.1`: the heading of the appendix that begins with it.
pub fn section(repo: &Repo, name: &str) -> Option<String> {
    let wanted = key(&name.replace('\\', ""))?;
    let headings = markdown::headings(&repo.page(SOURCES)?.text);
    let (_, _, title) = headings.into_iter().find(|(_, _, title)| key(title).as_ref() == Some(&wanted))?;
    Some(anchor(&title))
}

/// `A §4.1 …` and `A 4.1` both have the key `A4.1`.
fn key(name: &str) -> Option<String> {
    let found = SECTION.captures(name)?;
    Some(format!("{}{}", &found[1], &found[2]))
}

/// A title that begins with a source, `B 2|3: …`, with that source in brackets, so that it becomes a link.
pub fn bracketed(title: &str) -> String {
    match SECTION.find(title) {
        Some(name) => format!("[{}]{}", name.as_str(), &title[name.end()..]),
        None => title.to_string(),
    }
}

/// The anchor that mdBook gives a heading: letters, digits and `-_` stay, blanks become dashes, the rest goes.
/// A heading that ends in `{#name}` has named its own.
pub fn anchor(title: &str) -> String {
    if let Some((_, own)) = title.rsplit_once("{#") {
        return own.trim_end_matches('}').to_string();
    }
    let kept = title.trim().to_lowercase().replace('`', "");
    kept.chars()
        .filter_map(|c| match c {
            _ if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// The ids of the concepts that the running text of a page mentions.
pub fn mentioned(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, line) in markdown::prose(text) {
        let line = CODE_SPAN.replace_all(line, "");
        found.extend(CONCEPT.captures_iter(&line).map(|found| found[1].to_string()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::tests::repo;

    fn linked(line: &str) -> (String, Vec<String>) {
        let repo = repo();
        let mut faults = Vec::new();
        let out = link(&repo, &repo.pages[0], line, &mut |fault| faults.push(fault));
        (out, faults)
    }

    #[test]
    fn a_concept_becomes_a_link_with_its_title() {
        let (out, faults) = linked("Bytes come in pieces [T-04].");
        assert_eq!(out, "Bytes come in pieces [T-04](../appendix/concepts.md#t-04 \"Pieces\").");
        assert!(faults.is_empty());
    }

    #[test]
    fn code_and_links_are_left_alone() {
        for line in ["`[T-04]`", "[T-04](elsewhere.md)", "[see [T-04] there](elsewhere.md)"] {
            assert_eq!(linked(line), (line.to_string(), vec![]));
        }
    }

    #[test]
    fn an_unknown_concept_is_a_fault() {
        let (out, faults) = linked("[T-99]");
        assert_eq!(out, "[T-99]");
        assert_eq!(faults, ["[T-99] is no concept of book/concepts.toml"]);
    }

    #[test]
    fn a_source_links_to_its_section() {
        assert_eq!(linked("[A §4.1]").0, "[A §4.1](../appendix/sources.md#a-41-reading)");
        assert_eq!(linked(r"| [B 3\|5] |").0, r"| [B 3\|5](../appendix/sources.md#b-35-models) |");
        assert_eq!(linked("[C 9]").1, ["[C 9] has no heading in appendix/sources.md"]);
    }

    #[test]
    fn mentions_outside_code_count() {
        let found = mentioned("[T-04] `[T-05]`\n```text\n[T-06]\n```\n> [F-01]");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["F-01", "T-04"]);
    }
}
