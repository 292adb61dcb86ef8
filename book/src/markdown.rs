//! The little Markdown that the engine itself must read: fences, headings, inline text.

use pulldown_cmark::{Options, Parser, html};

/// An opened code fence, and how it closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    mark: char,
    width: usize,
    /// The info string behind the fence: `rust`, `question`, …
    pub info: String,
}

impl Fence {
    /// The fence that `line` opens, if it opens one.
    pub fn open(line: &str) -> Option<Fence> {
        let line = line.trim_start();
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let width = line.chars().take_while(|c| *c == mark).count();
        let info = line[width..].trim();
        // A line such as "```inline```" is a code span, not a fence.
        (width >= 3 && !(mark == '`' && info.contains('`'))).then(|| Fence { mark, width, info: info.into() })
    }

    /// Whether `line` closes this fence.
    pub fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.width && line.chars().all(|c| c == self.mark)
    }

    /// The first word of the info string, up to a comma: the language.
    pub fn language(&self) -> &str {
        self.info.split([',', ' ']).next().unwrap_or_default()
    }
}

/// `code` between fences that are longer than any run of backticks in it.
pub fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// Renders one line of Markdown, without the paragraph around it: for captions and summaries.
pub fn inline(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH));
    let out = out.trim();
    let bare = out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match bare {
        Some(bare) if !bare.contains("<p>") => bare.to_string(),
        _ => out.to_string(),
    }
}

/// `text` with the five characters escaped that HTML gives a meaning to.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// The lines of `text` outside code fences, with their numbers from 1.
pub fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<Fence> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        // Inside a blockquote a fence stands behind the quote mark.
        let bare = line.trim_start().trim_start_matches(['>', ' ']);
        match &fence {
            Some(open) => {
                if open.is_closed_by(bare) {
                    fence = None;
                }
                None
            }
            None => {
                fence = Fence::open(bare);
                fence.is_none().then_some((index + 1, line))
            }
        }
    })
}

/// The code blocks of `text` outside quotes: the line of the fence, the fence, what is inside.
pub fn fences(text: &str) -> Vec<(usize, Fence, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(fence) = Fence::open(lines[at]) else {
            at += 1;
            continue;
        };
        let inside: Vec<&str> =
            lines[at + 1..].iter().copied().take_while(|line| !fence.is_closed_by(line)).collect();
        let start = at + 1;
        at += inside.len() + 2;
        found.push((start, fence, inside.join("\n")));
    }
    found
}

/// The headings of `text`: line, level, text.
pub fn headings(text: &str) -> Vec<(usize, usize, String)> {
    prose(text)
        .filter_map(|(number, line)| {
            let level = line.chars().take_while(|c| *c == '#').count();
            let title = line[level..].strip_prefix(' ')?.trim();
            (1..=6).contains(&level).then(|| (number, level, title.to_string()))
        })
        .collect()
}

/// Strips the indentation that all lines of `text` share.
pub fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    text.lines().map(|line| line.get(shared..).unwrap_or("").trim_end()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_outgrows_the_backticks_inside() {
        assert_eq!(fenced("text", "a ``` b"), "````text\na ``` b\n````");
        assert_eq!(fenced("text", "plain\n"), "```text\nplain\n```");
    }

    #[test]
    fn prose_leaves_out_code_even_inside_quotes() {
        let text = "one\n```text\n[T-01]\n```\n> ~~~\n> [T-02]\n> ~~~\ntwo";
        let lines: Vec<_> = prose(text).collect();
        assert_eq!(lines, [(1, "one"), (8, "two")]);
    }

    #[test]
    fn dedent_keeps_the_inner_steps() {
        assert_eq!(dedent("    a\n      b\n\n    c"), "a\n  b\n\nc");
    }

    #[test]
    fn inline_has_no_paragraph_around_it() {
        assert_eq!(inline("see `read`"), "see <code>read</code>");
    }
}
