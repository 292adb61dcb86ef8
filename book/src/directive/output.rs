//! `{{#output name "caption"}}`: the captured output of a real run, with the command above it.

use super::{Fault, Rendered};
use crate::markdown::{escape, fenced};
use crate::repo::Repo;

/// The terminal as the reader would see it.
pub fn render(repo: &Repo, name: &str, caption: &str) -> Rendered {
    let capture = repo.captures.iter().find(|capture| capture.name == name);
    let capture = capture
        .ok_or_else(|| Fault::new("output", format!("{name} is not listed in {}", crate::captures::FILE)))?;
    let text = std::fs::read_to_string(capture.path(&repo.root)).map_err(|_| {
        Fault::new("output", format!("{} does not exist: run `cargo book capture {name}`", capture.file()))
    })?;
    let caption =
        if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>\n") };
    Ok(format!(
        "<figure class=\"terminal\">\n{caption}<p class=\"command\"><span>$</span> <code>{}</code></p>\n\n{}\n\n</figure>\n",
        escape(&capture.typed()),
        fenced("text", &text)
    ))
}

#[cfg(test)]
mod tests {
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn the_command_stands_above_its_output() {
        let (text, findings) = expanded(&repo(), "{{#output ch01/echo \"what came\"}}");
        assert!(findings.is_empty(), "{findings:?}");
        assert!(text.contains("<code>echo &#39;two words&#39;</code>"), "{text}");
        assert!(text.contains("```text\ntwo words\n```"), "{text}");
    }

    #[test]
    fn an_unlisted_output_is_a_fault() {
        let (_, findings) = expanded(&repo(), "{{#output ch01/none}}");
        assert_eq!(findings[0].message, "ch01/none is not listed in book/captured/captures.toml");
    }
}
