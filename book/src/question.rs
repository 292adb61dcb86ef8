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

/// The question with its answer in a closed `<details>`, which opens on a click. A program that belongs to the
/// question stands between the two; one that only proves the answer opens with it.
pub fn render(expander: &mut Expander<'_>, question: &Question, line: usize) -> String {
    let ask = inline(question.ask.trim());
    let answer = expander.expand(&question.answer, line);
    let (program, prints) = proof(expander, question, line);
    if question.show {
        format!(
            "<div class=\"question\">\n<p class=\"ask\">{ask}</p>\n\n{program}\n\n\
             <details>\n<summary>The answer</summary>\n\n{prints}\n\n{answer}\n\n</details>\n</div>\n"
        )
    } else {
        format!(
            "<details class=\"question\">\n<summary>{ask}</summary>\n\n{answer}\n\n{program}\n\n{prints}\n\n</details>\n"
        )
    }
}

/// The program of a question and what it prints; both empty when there is none.
fn proof(expander: &mut Expander<'_>, question: &Question, line: usize) -> (String, String) {
    let (Some(name), Some(prints)) = (&question.program, &question.prints) else { return Default::default() };
    let file = program_file(name);
    let Ok(code) = std::fs::read_to_string(expander.repo.root.join(&file)) else {
        expander.fault(line, "quiz-program", format!("{file} does not exist"));
        return Default::default();
    };
    let program = format!(
        "<figure class=\"listing\">\n<figcaption><code>{}</code></figcaption>\n\n{}\n\n</figure>",
        escape(&file),
        fenced("rust,noplayground", &code)
    );
    (program, format!("It prints:\n\n{}", fenced("text", prints)))
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
    fn a_program_that_belongs_to_the_question_stands_before_the_answer() {
        let page = "```question\nask = \"?\"\nanswer = \"!\"\nprogram = \"ch01/sum\"\nprints = \"3\"\nshow = true\n```";
        let (text, findings) = expanded(&repo(), page);
        assert!(findings.is_empty(), "{findings:?}");
        let parts =
            ["class=\"ask\">?<", "1 + 2", "<summary>The answer", "It prints:"].map(|part| text.find(part));
        assert!(parts.iter().all(Option::is_some) && parts.is_sorted(), "{parts:?} in {text}");
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
