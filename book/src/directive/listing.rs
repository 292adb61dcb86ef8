//! `{{#listing path:anchor "what to see"}}`: code from a compiled file, so that page and program cannot drift.

use std::path::Path;

use super::{Fault, Rendered};
use crate::markdown::{dedent, escape, fenced};

/// The most lines a listing may have: what a reader can hold in view beside the text that explains it.
pub const MAX_LINES: usize = 30;

/// The listing with its caption: the file, and what to see in it.
pub fn render(root: &Path, argument: &str, caption: &str) -> Rendered {
    let (path, anchor) = argument.split_once(':').map_or((argument, None), |(path, name)| (path, Some(name)));
    let inside = Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let text = std::fs::read_to_string(root.join(path)).ok().filter(|_| inside);
    let text = text.ok_or_else(|| Fault::new("listing", format!("{path} is no file of this repository")))?;
    let code = match anchor {
        Some(anchor) => between(&text, path, anchor)?,
        None => without_marks(&text),
    };
    let code = dedent(code.trim_matches('\n'));
    let lines = code.lines().count();
    if lines > MAX_LINES {
        let advice = if anchor.is_some() { "cut it into two anchors" } else { "name an anchor" };
        return Err(Fault::new(
            "long-listing",
            format!("{argument} has {lines} lines; at most {MAX_LINES}: {advice}"),
        ));
    }
    let what = if caption.is_empty() { String::new() } else { format!(" · {caption}") };
    let language = language(path);
    Ok(format!(
        "<figure class=\"listing\">\n<figcaption><code>{}</code>{what}</figcaption>\n\n{}\n\n</figure>\n",
        escape(path),
        fenced(language, &code)
    ))
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without the marks of other anchors.
fn between(text: &str, path: &str, anchor: &str) -> Result<String, Fault> {
    let is = |line: &str, word: &str| mark(line, word) == Some(anchor);
    let lines: Vec<&str> = text.lines().collect();
    let missing = |what: &str| Fault::new("missing-anchor", format!("{path} has no `{what}: {anchor}`"));
    let start = lines.iter().position(|line| is(line, "ANCHOR")).ok_or_else(|| missing("ANCHOR"))?;
    let length =
        lines[start..].iter().position(|line| is(line, "ANCHOR_END")).ok_or_else(|| missing("ANCHOR_END"))?;
    Ok(without_marks(&lines[start..start + length].join("\n")))
}

fn without_marks(text: &str) -> String {
    let is_code = |line: &&str| mark(line, "ANCHOR").is_none() && mark(line, "ANCHOR_END").is_none();
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// The name in a line such as `// ANCHOR: name`.
fn mark<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (before, name) = line.split_once(word)?;
    let name = name.strip_prefix(':')?.trim();
    let comment = before.trim();
    (!name.is_empty() && comment.chars().all(|c| "/#-;*<!".contains(c)))
        .then(|| name.split_whitespace().next())?
}

/// The name that the highlighter knows a file's language by.
fn language(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        // mdBook would wrap Rust into a `main` of its own and offer to run it.
        Some("rs") => "rust,noplayground",
        Some("toml") => "toml",
        Some("json") => "json",
        Some("lua") => "lua",
        Some("js" | "mjs") => "javascript",
        Some("py") => "python",
        Some("sh") => "bash",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn an_anchor_is_cut_out_dedented_and_loses_inner_marks() {
        let (text, findings) = expanded(&repo(), "{{#listing code.rs:loop \"the `loop`\"}}");
        assert!(findings.is_empty(), "{findings:?}");
        assert!(text.contains("<code>code.rs</code> · the <code>loop</code></figcaption>"), "{text}");
        assert!(text.contains("```rust,noplayground\nloop {\n    work();\n}\n```"), "{text}");
    }

    #[test]
    fn a_missing_anchor_names_file_and_anchor() {
        let (_, findings) = expanded(&repo(), "{{#listing code.rs:gone}}");
        assert_eq!(findings[0].rule, "missing-anchor");
        assert_eq!(findings[0].message, "code.rs has no `ANCHOR: gone`");
    }

    #[test]
    fn a_listing_stays_within_its_bound_and_its_repository() {
        let repo = repo();
        assert_eq!(expanded(&repo, "{{#listing full.rs}}").1, []);
        assert_eq!(expanded(&repo, "{{#listing long.rs}}").1[0].rule, "long-listing");
        assert_eq!(expanded(&repo, "{{#listing ../../etc/passwd}}").1[0].rule, "listing");
    }

    #[test]
    fn the_highlighter_knows_the_language_of_a_file() {
        for (path, name) in [
            ("Cargo.toml", "toml"),
            ("a.json", "json"),
            ("a.lua", "lua"),
            ("a.mjs", "javascript"),
            ("a.py", "python"),
            ("a.sh", "bash"),
            ("README", "text"),
        ] {
            assert_eq!(language(path), name);
        }
    }

    #[test]
    fn only_comments_hold_marks() {
        assert_eq!(mark("    // ANCHOR: a", "ANCHOR"), Some("a"));
        assert_eq!(mark("-- ANCHOR_END: b", "ANCHOR_END"), Some("b"));
        assert_eq!(mark("let s = \"ANCHOR: a\";", "ANCHOR"), None);
    }
}
