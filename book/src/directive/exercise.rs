//! `{{#exercise 01-01}}` and `{{#exercises 1}}`: cards.

use super::{Fault, Rendered};
use crate::exercises::Exercise;
use crate::markdown::escape;
use crate::reference;
use crate::repo::{Page, Repo};

/// The card of one exercise.
pub fn one(repo: &Repo, page: &Page, id: &str) -> Rendered {
    let exercise = repo.exercises.iter().find(|exercise| exercise.id == id);
    exercise.map(|exercise| card(repo, page, exercise)).ok_or_else(|| {
        let known: Vec<_> = repo.exercises.iter().map(|exercise| exercise.id.as_str()).collect();
        Fault::new("exercise", format!("there is no exercise {id:?}; there are {}", known.join(", ")))
    })
}

/// The cards of a chapter, in order.
pub fn all(repo: &Repo, page: &Page, chapter: &str) -> Rendered {
    let of_chapter = |exercise: &&Exercise| exercise.chapter.to_string() == chapter;
    let cards: Vec<String> =
        repo.exercises.iter().filter(of_chapter).map(|it| card(repo, page, it)).collect();
    if cards.is_empty() {
        return Err(Fault::new("exercise", format!("chapter {chapter:?} has no exercises")));
    }
    Ok(cards.join("\n"))
}

fn card(repo: &Repo, page: &Page, exercise: &Exercise) -> String {
    let Exercise { id, folder, about, .. } = exercise;
    let title = escape(&about.title);
    let mut facts = vec![format!("{} minutes", about.minutes)];
    facts.extend(exercise.lines.map(|lines| format!("about {lines} lines")));
    facts.extend(about.os.as_ref().map(|os| format!("needs {}", escape(os))));
    for id in &about.concepts {
        // An unknown id is reported by `check`, which knows the manifest's line.
        facts.push(match repo.concept(id) {
            Some(concept) => {
                let page = page.link_to(reference::CONCEPTS);
                format!(
                    "<a href=\"{page}#{}\" title=\"{}\">{id}</a>",
                    concept.anchor(),
                    escape(&concept.title)
                )
            }
            None => escape(id),
        });
    }
    let read = match repo.page(&about.page) {
        Some(target) if target.path != page.path => {
            let href = page.link_to(&target.path);
            format!("<dt>Read first</dt><dd><a href=\"{href}\">{}</a></dd>\n", escape(&target.title))
        }
        _ => String::new(),
    };
    format!(
        "<div class=\"card\" id=\"exercise-{id}\">\n\
         <p class=\"title\"><strong>{id}</strong> {title}</p>\n\
         <p class=\"facts\">{}</p>\n\
         <dl>\n<dt>Open</dt><dd><code>{folder}/src/lib.rs</code></dd>\n\
         <dt>The task</dt><dd><code>{folder}/README.md</code></dd>\n\
         <dt>Run</dt><dd><code>cargo test -p ex{id}</code></dd>\n{read}</dl>\n</div>\n",
        facts.join(" · ")
    )
}

#[cfg(test)]
mod tests {
    use crate::repo::tests::{expanded, repo};

    #[test]
    fn a_card_says_what_to_open_and_what_to_run() {
        let (text, findings) = expanded(&repo(), "{{#exercise 01-01}}");
        assert!(findings.is_empty(), "{findings:?}");
        for part in
            ["<strong>01-01</strong> Read exactly", "15 minutes · about 14 lines", "cargo test -p ex01-01"]
        {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    #[test]
    fn all_cards_of_a_chapter_or_a_fault() {
        assert_eq!(expanded(&repo(), "{{#exercises 1}}").0.matches("class=\"card\"").count(), 1);
        assert_eq!(expanded(&repo(), "{{#exercises 9}}").1[0].rule, "exercise");
        assert_eq!(expanded(&repo(), "{{#exercise 01-99}}").1[0].rule, "exercise");
    }
}
