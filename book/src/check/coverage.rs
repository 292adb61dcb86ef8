//! Every concept of a written layer is explained there, and every exercise has its card.

use crate::concepts::{self, Concept};
use crate::finding::{Finding, line_of};
use crate::layers::{folder, spoken};
use crate::markdown;
use crate::reference;
use crate::repo::Repo;

/// Whether a page of the concept's own layer mentions it. Chapters may introduce concepts of the front matter.
pub fn is_covered(repo: &Repo, concept: &Concept) -> bool {
    let home = folder(concept.chapter);
    let mut pages = repo.mentions.get(&concept.id).into_iter().flatten().map(|index| &repo.pages[*index]);
    pages.any(|page| page.folder() == home || concept.chapter == 0)
}

/// Concepts that their written layer leaves out, ids that occur twice, references that lead nowhere.
pub fn concepts(repo: &Repo) -> Vec<Finding> {
    let text = std::fs::read_to_string(repo.root.join(concepts::FILE)).unwrap_or_default();
    if repo.concepts.is_empty() {
        return vec![Finding::new(concepts::FILE, 1, "concept", "the list of concepts is missing or empty")];
    }
    let mut findings = Vec::new();
    let mut seen = Vec::new();
    for concept in &repo.concepts {
        let line = line_of(&text, &format!("id = \"{}\"", concept.id));
        let mut fault =
            |message: String| findings.push(Finding::new(concepts::FILE, line, "concept", message));
        if concept.chapter > 10 {
            fault(format!("{}: chapter {} does not exist; 0 to 10 do", concept.id, concept.chapter));
        }
        if seen.contains(&&concept.id) {
            fault(format!("{} occurs twice", concept.id));
        }
        seen.push(&concept.id);
        if repo.is_written(concept.chapter) && !is_covered(repo, concept) {
            fault(format!(
                "no page of {} mentions [{}] {}",
                spoken(concept.chapter),
                concept.id,
                concept.title
            ));
        }
        for name in concept.sources.iter().filter(|name| reference::section(repo, name).is_none()) {
            fault(format!("{}: the source {name:?} has no heading in {}", concept.id, reference::SOURCES));
        }
        let Some(page) = repo.page(reference::CONCEPTS) else { continue };
        for line in concept.text.lines().chain(concept.correction.iter().flat_map(|text| text.lines())) {
            reference::link(repo, page, line, &mut |why| fault(format!("{}: {why}", concept.id)));
        }
    }
    findings
}

/// Exercises without a card, and cards' facts that lead nowhere.
pub fn exercises(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for exercise in &repo.exercises {
        let file = format!("{}/Cargo.toml", exercise.folder);
        let manifest = std::fs::read_to_string(repo.root.join(&file)).unwrap_or_default();
        let mut fault = |key: &str, message: String| {
            findings.push(Finding::new(&file, line_of(&manifest, key), "exercise", message));
        };
        let cards = [
            format!("{{{{#exercise {}}}}}", exercise.id),
            format!("{{{{#exercises {}}}}}", exercise.chapter),
        ];
        let has_card = |line: &str| cards.iter().any(|card| line.contains(card));
        if !repo.pages.iter().any(|page| markdown::prose(&page.text).any(|(_, line)| has_card(line))) {
            fault("title", format!("no page shows the card of {}: use {}", exercise.id, cards[1]));
        }
        if repo.page(&exercise.about.page).is_none() {
            fault("page", format!("its page {:?} does not exist below book/text/", exercise.about.page));
        }
        for id in exercise.about.concepts.iter().filter(|id| repo.concept(id).is_none()) {
            fault("concepts", format!("{id:?} is no concept of {}", concepts::FILE));
        }
        if exercise.lines.is_none() {
            let readme = format!("{}/README.md", exercise.folder);
            findings.push(Finding::new(readme, 2, "exercise", "this line does not say `about N lines`"));
        }
    }
    findings
}
