//! `{{#map}}`: the ten layers, and which of them are written.

use crate::layers::{LAYERS, folder};
use crate::repo::{Page, Repo};

/// A table with one row a chapter.
pub fn render(repo: &Repo, page: &Page) -> String {
    let mut rows =
        vec!["| | layer | the pain it takes away | |".to_string(), "|---|---|---|---|".to_string()];
    for layer in LAYERS.iter().filter(|layer| layer.number > 0) {
        let first = repo.pages.iter().find(|page| page.folder() == folder(layer.number));
        let (title, state) = match first {
            Some(first) => (format!("[{}]({})", layer.title, page.link_to(&first.path)), "written"),
            None => (layer.title.to_string(), "not written yet"),
        };
        rows.push(format!("| {} | {title} | {} | {state} |", layer.number, layer.pain));
    }
    rows.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn the_map_knows_which_chapters_have_pages() {
        let (text, _) = expanded(&repo(), "{{#map}}");
        assert!(text.contains("| 1 | [Raw TCP](../ch01/one.md) |"), "{text}");
        assert!(text.contains(
            "| 2 | A protocol of our own | nobody knows where a message ends or what it is | not written yet |"
        ));
    }
}
