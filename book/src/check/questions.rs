//! Check-yourself questions: enough of them, and their programs print what the page says.

use crate::finding::Finding;
use crate::markdown::{self, Fence};
use crate::question::{Question, program_file};
use crate::repo::{Page, Repo};
use crate::run;

/// Fewer questions than this do not cover a chapter.
const MIN_A_CHAPTER: usize = 5;
/// The manifest of the programs' package, from the repository's root.
const MANIFEST: &str = "book/quiz/Cargo.toml";

/// The questions of a page, with the line that each begins on. Broken ones are reported by the rendering.
fn of(page: &Page) -> Vec<(usize, Question)> {
    let is_question = |(_, fence, _): &(usize, Fence, String)| fence.language() == "question";
    let parse = |(line, _, text): (usize, Fence, String)| Some((line, Question::parse(&text).ok()?));
    markdown::fences(&page.text).into_iter().filter(is_question).filter_map(parse).collect()
}

/// Chapters with too few questions.
pub fn counts(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for layer in (1..=10).filter(|layer| repo.is_written(*layer)) {
        let folder = crate::layers::folder(layer);
        let pages: Vec<_> = repo.pages.iter().filter(|page| page.folder() == folder).collect();
        let count: usize = pages.iter().map(|page| of(page).len()).sum();
        if let Some(last) = pages.last().filter(|_| count < MIN_A_CHAPTER) {
            let message = format!("chapter {layer} has {count} questions; at least {MIN_A_CHAPTER}");
            findings.push(Finding::new(last.file(), 1, "questions", message));
        }
    }
    findings
}

/// Compiles and runs every question's program: how many there are, and which print something else.
pub fn programs(repo: &Repo) -> (usize, Vec<Finding>) {
    let (mut count, mut findings) = (0, Vec::new());
    for page in &repo.pages {
        for (line, question) in of(page) {
            let (Some(program), Some(prints)) = (&question.program, &question.prints) else { continue };
            // A missing file is reported by the rendering.
            if repo.root.join(program_file(program)).is_file() {
                count += 1;
                eprintln!("running {} …", program_file(program));
                let wrong =
                    |why| Finding::new(page.file(), line, "quiz-program", format!("{program}: {why}"));
                findings.extend(disproved(repo, program, prints).map(wrong));
            }
        }
    }
    (count, findings)
}

/// Why a program does not prove its answer.
fn disproved(repo: &Repo, program: &str, prints: &str) -> Option<String> {
    let example = program.replace('/', "-");
    let words = ["cargo", "run", "--quiet", "--manifest-path", MANIFEST, "--example", &example];
    let command: Vec<String> = words.map(String::from).to_vec();
    let ran = match run::run(&repo.root, &command, false) {
        Ok(ran) => ran,
        Err(why) => return Some(format!("{why:#}")),
    };
    if ran.code != Some(0) {
        // What went wrong is on the other stream.
        let text = run::run(&repo.root, &command, true).map_or(String::new(), |ran| ran.text);
        let first = text
            .lines()
            .find(|line| line.contains("error") || line.contains("panicked"))
            .unwrap_or("no reason given");
        return Some(format!("it does not run: {first}"));
    }
    let (expected, got) = (prints.trim_end(), ran.text.trim_end());
    (expected != got).then(|| format!("the page says it prints {expected:?}; it prints {got:?}"))
}
