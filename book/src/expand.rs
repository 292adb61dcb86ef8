//! From a page as written to plain Markdown that mdBook can render: one pass over the lines, which keeps
//! every line's number, so that a fault is reported where it was written.

use crate::directive::{self, Call};
use crate::finding::Finding;
use crate::markdown::Fence;
use crate::reference;
use crate::repo::{Page, Repo};
use crate::{boxes, question};

/// Expands one page and collects what is wrong with it.
pub struct Expander<'a> {
    /// What the directives draw on.
    pub repo: &'a Repo,
    /// The page being expanded.
    pub page: &'a Page,
    /// What is wrong so far.
    pub findings: Vec<Finding>,
}

/// The page as plain Markdown, and what is wrong with it.
pub fn page(repo: &Repo, page: &Page) -> (String, Vec<Finding>) {
    let mut expander = Expander { repo, page, findings: Vec::new() };
    let text = expander.expand(&page.text, 1);
    (text, expander.findings)
}

impl Expander<'_> {
    /// Expands `text`, whose first line is line `first` of the page.
    pub fn expand(&mut self, text: &str, first: usize) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let (line, number) = (lines[at], first + at);
            if let Some(fence) = Fence::open(line) {
                let end = lines[at + 1..].iter().position(|line| fence.is_closed_by(line));
                let end = end.map_or(lines.len(), |length| at + 1 + length);
                out.push(self.code(&fence, &lines[at..lines.len().min(end + 1)], number));
                at = end + 1;
            } else if let Some(opening) = boxes::Opening::parse(line) {
                let length = lines[at..].iter().take_while(|line| line.starts_with('>')).count();
                let unquoted = |line: &&str| line[1..].strip_prefix(' ').unwrap_or(&line[1..]).to_string();
                let inner: Vec<String> = lines[at + 1..at + length].iter().map(unquoted).collect();
                let title = self.references(&reference::bracketed(&opening.title), number);
                let body = self.expand(&inner.join("\n"), number + 1);
                out.push(boxes::render(&opening, &title, &body));
                at += length;
            } else if line.trim_start().starts_with("{{#") || (line.contains("{{#") && !line.contains('`')) {
                out.push(self.directive(line, number));
                at += 1;
            } else {
                out.push(self.references(line, number));
                at += 1;
            }
        }
        out.join("\n")
    }

    /// Records a fault of `rule` at `line` of this page.
    pub fn fault(&mut self, line: usize, rule: &'static str, message: impl Into<String>) {
        self.findings.push(Finding::new(self.page.file(), line, rule, message));
    }

    /// Links the references in a line of running text.
    pub fn references(&mut self, line: &str, number: usize) -> String {
        let mut faults = Vec::new();
        let linked = reference::link(self.repo, self.page, line, &mut |fault| faults.push(fault));
        for message in faults {
            self.fault(number, "unknown-reference", message);
        }
        linked
    }

    fn code(&mut self, fence: &Fence, lines: &[&str], number: usize) -> String {
        match fence.language() {
            "question" => {
                let inner = &lines[1..lines.len().saturating_sub(1).max(1)];
                match question::Question::parse(&inner.join("\n")) {
                    Ok(question) => question::render(self, &question, number),
                    Err(why) => self.refuse(number, "bad-question", why.to_string()),
                }
            }
            "rust" => {
                self.fault(
                    number,
                    "pasted-rust",
                    "Rust on a page comes from a compiled file: use {{#listing …}}",
                );
                lines.join("\n")
            }
            _ => lines.join("\n"),
        }
    }

    fn directive(&mut self, line: &str, number: usize) -> String {
        let Some(call) = Call::parse(line) else {
            let why = "a directive stands alone on its line: {{#name argument \"caption\"}}";
            return self.refuse(number, "bad-directive", why.to_string());
        };
        let indent = &line[..line.len() - line.trim_start().len()];
        match directive::render(self, &call, number) {
            Ok(text) if indent.is_empty() => text,
            Ok(text) => text.lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n"),
            Err(fault) => self.refuse(number, fault.rule, fault.message),
        }
    }

    /// Records a fault and leaves a visible mark in its place, so that a preview shows where it is.
    fn refuse(&mut self, line: usize, rule: &'static str, message: String) -> String {
        let mark = format!("<div class=\"box fault\"><p>{}</p></div>\n", crate::markdown::escape(&message));
        self.fault(line, rule, message);
        mark
    }
}

#[cfg(test)]
mod tests {
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn faults_carry_the_line_of_the_page_even_inside_a_box() {
        let (_, findings) = expanded(&repo(), "# One\n\n> [!WHY] because\n> fine\n> [T-99] here\n");
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].line, findings[0].rule), (5, "unknown-reference"));
    }

    #[test]
    fn pasted_rust_is_a_fault_and_text_is_not() {
        let (_, findings) = expanded(&repo(), "```text\nfn\n```\n\n```rust,ignore\nfn f() {}\n```\n");
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].line, findings[0].rule), (5, "pasted-rust"));
    }

    #[test]
    fn a_directive_in_running_text_is_refused() {
        let (text, findings) = expanded(&repo(), "see {{#listing a.rs}} here");
        assert_eq!(findings[0].rule, "bad-directive");
        assert!(text.contains("box fault"));
    }

    #[test]
    fn an_unclosed_fence_does_no_harm() {
        let (_, findings) = expanded(&repo(), "```question\nask = \"never closed");
        assert_eq!(findings[0].rule, "bad-question");
    }
}
