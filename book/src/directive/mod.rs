//! `{{#name argument "caption"}}`, alone on its line.

use std::sync::LazyLock;

use regex::Regex;

use crate::expand::Expander;

mod concepts;
mod exercise;
pub mod figure;
mod listing;
mod map;
mod output;

static CALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\s*\{\{#([a-z]+)(?:\s+([^\s"}]+))?(?:\s+"(.*)")?\s*\}\}\s*$"#).expect("a valid pattern")
});

/// A directive as written.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    /// `listing`, `figure`, …
    pub name: String,
    /// The file, the name, the number; empty when there is none.
    pub argument: String,
    /// The text in quotes; Markdown; empty when there is none.
    pub caption: String,
}

impl Call {
    /// Reads a line that holds nothing but a directive.
    pub fn parse(line: &str) -> Option<Call> {
        let found = CALL.captures(line)?;
        let part = |index| found.get(index).map_or(String::new(), |part| part.as_str().to_string());
        Some(Call { name: part(1), argument: part(2), caption: part(3).replace("\\\"", "\"") })
    }
}

/// Why a directive cannot be rendered.
#[derive(Debug)]
pub struct Fault {
    /// The rule that was broken.
    pub rule: &'static str,
    /// What was expected and what came.
    pub message: String,
}

impl Fault {
    /// A fault of `rule`.
    pub fn new(rule: &'static str, message: impl Into<String>) -> Fault {
        Fault { rule, message: message.into() }
    }
}

/// What a directive becomes: Markdown, or the reason why not.
pub type Rendered = Result<String, Fault>;

/// Renders one directive that stands at `line` of the page.
pub fn render(expander: &mut Expander<'_>, call: &Call, line: usize) -> Rendered {
    let caption = expander.references(&call.caption, line);
    let caption = crate::markdown::inline(&caption);
    let (repo, page) = (expander.repo, expander.page);
    match call.name.as_str() {
        "listing" => listing::render(&repo.root, &call.argument, &caption),
        "output" => output::render(repo, &call.argument, &caption),
        "figure" => figure::render(repo, &call.argument, &caption),
        "exercise" => exercise::one(repo, page, &call.argument),
        "exercises" => exercise::all(repo, page, &call.argument),
        "concepts" => Ok(concepts::render(repo, page)),
        "map" => Ok(map::render(repo, page)),
        other => Err(Fault::new(
            "bad-directive",
            format!(
                "{{{{#{other}}}}} is unknown; there are listing, output, figure, exercise, exercises, concepts, map"
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argument_and_caption_are_optional() {
        let call = Call::parse(r#"{{#listing a/b.rs:loop "the \"new\" loop"}}"#).expect("a call");
        assert_eq!((call.argument.as_str(), call.caption.as_str()), ("a/b.rs:loop", "the \"new\" loop"));
        assert_eq!(Call::parse("{{#concepts}}").expect("a call").argument, "");
        assert_eq!(Call::parse("text {{#concepts}}"), None);
    }
}
