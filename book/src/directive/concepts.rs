//! `{{#concepts}}`: every concept of the source texts, by layer, and where it is taught.

use crate::concepts::Concept;
use crate::layers::{LAYERS, spoken};
use crate::markdown::escape;
use crate::reference;
use crate::repo::{Page, Repo};

/// The whole appendix.
pub fn render(repo: &Repo, page: &Page) -> String {
    let mut out = Vec::new();
    for layer in &LAYERS {
        let of_layer: Vec<_> =
            repo.concepts.iter().filter(|concept| concept.chapter == layer.number).collect();
        if !of_layer.is_empty() {
            out.push(format!("## Layer {}: {}\n", layer.number, layer.title));
            out.extend(of_layer.into_iter().map(|concept| entry(repo, page, concept)));
        }
    }
    out.join("\n")
}

fn entry(repo: &Repo, page: &Page, concept: &Concept) -> String {
    let mut out = format!(
        "<div class=\"concept\">\n\n### {} {} {{#{}}}\n\n{}\n\n",
        concept.id,
        concept.title,
        concept.anchor(),
        linked(repo, page, &concept.text)
    );
    if let Some(correction) = &concept.correction {
        let correction = linked(repo, page, correction);
        out.push_str(&format!("<div class=\"box wrong\">\n<p class=\"label\"><strong>Correction</strong></p>\n\n{correction}\n\n</div>\n\n"));
    }
    let sources: Vec<_> = concept.sources.iter().map(|name| source(repo, page, name)).collect();
    let mut facts = vec![format!("Taught in: {}", taught(repo, page, concept))];
    if !sources.is_empty() {
        facts.push(format!("Sources: {}", sources.join(", ")));
    }
    out.push_str(&format!("<p class=\"facts\">{}</p>\n</div>\n", facts.join(" · ")));
    out
}

/// Unknown references are `check`'s to report, at their line of the list.
fn linked(repo: &Repo, page: &Page, text: &str) -> String {
    text.trim()
        .lines()
        .map(|line| reference::link(repo, page, line, &mut |_| ()))
        .collect::<Vec<_>>()
        .join("\n")
}

fn source(repo: &Repo, page: &Page, name: &str) -> String {
    match reference::section(repo, name) {
        Some(anchor) => {
            format!("<a href=\"{}#{anchor}\">{}</a>", page.link_to(reference::SOURCES), escape(name))
        }
        None => escape(name),
    }
}

fn taught(repo: &Repo, page: &Page, concept: &Concept) -> String {
    let links: Vec<String> = repo
        .mentions
        .get(&concept.id)
        .into_iter()
        .flatten()
        .map(|index| {
            let target = &repo.pages[*index];
            format!("<a href=\"{}\">{}</a>", page.link_to(&target.path), escape(&target.title))
        })
        .collect();
    let place = spoken(concept.chapter);
    match (links.is_empty(), repo.is_written(concept.chapter)) {
        (true, true) => format!("{place}, not covered yet"),
        (true, false) => format!("{place}, not written yet"),
        (false, true) => links.join(", "),
        (false, false) => format!("{} (in full in {place}, not written yet)", links.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn an_entry_has_its_anchor_and_the_pages_that_teach_it() {
        let (text, _) = expanded(&repo(), "{{#concepts}}");
        assert!(text.contains("## Layer 1: Raw TCP"), "{text}");
        assert!(text.contains("### T-04 Pieces {#t-04}"), "{text}");
        assert!(text.contains("Taught in: <a href=\"../ch01/one.md\">One</a>"), "{text}");
        assert!(text.contains("<strong>Correction</strong>"), "{text}");
        assert!(text.contains("Taught in: chapter 2, not written yet"), "{text}");
    }
}
