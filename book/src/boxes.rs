//! `> [!PREDICT] title` and its kin: labelled boxes. The label is a word, so colour never carries it alone.

/// The first line of a box.
#[derive(Debug, PartialEq, Eq)]
pub struct Opening {
    /// The class in the style sheet.
    pub class: &'static str,
    /// The label on the box.
    pub label: &'static str,
    /// The text behind the marker; Markdown.
    pub title: String,
}

const KINDS: [(&str, &str, &str); 5] = [
    ("PREDICT", "predict", "Predict"),
    ("WRONG", "wrong", "The sources are wrong or dated"),
    ("WHY", "why", "Why"),
    ("PAIN", "pain", "The pain"),
    ("TRY", "try", "Try it"),
];

impl Opening {
    /// The box that `line` opens, if it opens one of ours. `> [!NOTE]` and the like stay mdBook's.
    pub fn parse(line: &str) -> Option<Opening> {
        let rest = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?;
        let (kind, title) = rest.split_once(']')?;
        let (_, class, label) = KINDS.iter().find(|(name, _, _)| *name == kind)?;
        Some(Opening { class, label, title: title.trim().to_string() })
    }
}

/// The box as HTML around Markdown.
pub fn render(opening: &Opening, title: &str, body: &str) -> String {
    let Opening { class, label, .. } = opening;
    let title =
        if title.is_empty() { String::new() } else { format!(" · {}", crate::markdown::inline(title)) };
    format!(
        "<div class=\"box {class}\">\n<p class=\"label\"><strong>{label}</strong>{title}</p>\n\n{body}\n\n</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn only_our_kinds_open_a_box() {
        let opening = Opening::parse("> [!PREDICT] How many?").expect("a box");
        assert_eq!((opening.label, opening.title.as_str()), ("Predict", "How many?"));
        assert_eq!(Opening::parse("> [!NOTE] mdBook's own"), None);
        assert_eq!(Opening::parse("> a quote"), None);
    }

    #[test]
    fn title_and_body_are_markdown_with_references() {
        let (text, findings) = expanded(&repo(), "> [!WRONG] A §4.1: `read`\n> Bytes [T-04].\n\nafter");
        assert!(findings.is_empty(), "{findings:?}");
        assert!(
            text.contains(
                "<strong>The sources are wrong or dated</strong> · <a href=\"../appendix/sources.md#"
            )
        );
        assert!(text.contains("Bytes [T-04](../appendix/concepts.md#t-04 \"Pieces\")."));
        assert!(text.ends_with("</div>\n\n\nafter"));
    }
}
