//! Check-yourself questions: a fence with the info string `question` that holds TOML.

use anyhow::Result;
use serde::Deserialize;

use crate::expand::Expander;
use crate::markdown::{escape, fenced, inline};

/// One question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question; Markdown.
    pub ask: String,
    /// The answer; Markdown.
    pub answer: String,
    /// `ch01/short_write`: the program `book/quiz/ch01/short_write.rs` proves the answer.
    pub program: Option<String>,
    /// What the program prints.
    pub prints: Option<String>,
    /// Whether the program belongs to the question, and is shown before the answer is opened.
    #[serde(default)]
    pub show: bool,
}

impl Question {
    /// Reads the inside of the fence.
    pub fn parse(text: &str) -> Result<Question> {
        let question: Question = toml::from_str(text).map_err(|why| anyhow::anyhow!("{}", why.message()))?;
        anyhow::ensure!(
            question.program.is_some() == question.prints.is_some(),
            "`program` and `prints` belong together: the program proves the answer by what it prints"
        );
        Ok(question)
    }
}

/// The file of a question's program, from the repository's root.
pub fn program_file(program: &str) -> String {
    format!("book/quiz/{program}.rs")
}

/// The question as a closed `<details>`; the answer opens on a click.
pub fn render(expander: &mut Expander<'_>, question: &Question, line: usize) -> String {
    let mut program = String::new();
    if let (Some(name), Some(prints)) = (&question.program, &question.prints) {
        let file = program_file(name);
        match std::fs::read_to_string(expander.repo.root.join(&file)) {
            Ok(code) => {
                program = format!(
                    "<figure class=\"listing\">\n<figcaption><code>{}</code></figcaption>\n\n{}\n\n</figure>\n",
                    escape(&file),
                    fenced("rust,noplayground", &code)
                );
            }
            Err(_) => expander.fault(line, "quiz-program", format!("{file} does not exist")),
        }
        let printed = format!("It prints:\n\n{}\n\n", fenced("text", prints));
        // Shown with the question, the program stands above it; otherwise it opens with the answer.
        if !question.show {
            program.push('\n');
            program.push_str(&printed);
        } else {
            let answer = expander.expand(&question.answer, line);
            return details(&question.ask, &program, &format!("{printed}{answer}"));
        }
    }
    let answer = expander.expand(&question.answer, line);
    details(&question.ask, "", &format!("{answer}\n\n{program}"))
}

fn details(ask: &str, before: &str, inside: &str) -> String {
    let ask = inline(ask.trim());
    format!("{before}\n<details class=\"question\">\n<summary>{ask}</summary>\n\n{inside}\n\n</details>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn the_answer_is_closed_and_the_question_is_markdown() {
        let page = "```question\nask = \"What does `read` return?\"\nanswer = \"A number [T-04].\"\n```";
        let (text, findings) = expanded(&repo(), page);
        assert!(findings.is_empty(), "{findings:?}");
        assert!(text.contains("<summary>What does <code>read</code> return?</summary>"), "{text}");
        assert!(text.contains("A number [T-04]("), "{text}");
    }

    #[test]
    fn a_missing_program_is_a_fault() {
        let page = "```question\nask = \"?\"\nanswer = \"!\"\nprogram = \"ch01/none\"\nprints = \"1\"\n```";
        let (_, findings) = expanded(&repo(), page);
        assert_eq!(findings[0].message, "book/quiz/ch01/none.rs does not exist");
    }

    #[test]
    fn a_program_without_its_output_is_refused() {
        assert!(Question::parse("ask = '?'\nanswer = '!'\nprogram = 'a'").is_err());
    }
}
