//! The checks of an exercise's README.md: what it promises must be what the manifest and the solution say.

use std::collections::BTreeSet;

use crate::exercise::Exercise;
use crate::starter::Hole;

/// What must stand in every README, in this order.
const PARTS: [&str; 7] = [
    "**The pain.**",
    "**Your task.**",
    "**The contract**",
    "**Run it:**",
    "## Hint 1",
    "## Hint 2",
    "## Hint 3",
];

/// A line of the answer with at least so many characters that are not spaces gives the answer away.
const SPOILER: usize = 25;

/// What is wrong with the README, one problem a line.
pub fn problems(
    exercise: &Exercise,
    readme: &str,
    holes: &[Hole],
    concepts: &BTreeSet<String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut lines = readme.lines();
    let heading = format!("# {} {}", exercise.id, exercise.title);
    let first = lines.next().unwrap_or_default();
    if first != heading {
        problems.push(format!("line 1: expected `{heading}`, got `{first}`"));
    }
    promises(exercise, lines.next().unwrap_or_default(), holes, &mut problems);
    for id in exercise.concepts.iter().filter(|id| !concepts.contains(*id)) {
        problems.push(format!("concept {id} is not in book/concepts.toml"));
    }
    parts(readme, &mut problems);
    spoilers(readme, holes, &mut problems);
    problems
}

/// Line 2: `*15 minutes · about 14 lines · needs … · plugs into … · [T-01] [T-04]*`
fn promises(exercise: &Exercise, line: &str, holes: &[Hole], problems: &mut Vec<String>) {
    let Some(line) = line.strip_prefix('*').and_then(|line| line.strip_suffix('*')) else {
        problems
            .push("line 2: expected `*N minutes · about N lines · needs … · plugs into … · [X-00]*`".into());
        return;
    };
    let parts: Vec<&str> = line.split(" · ").collect();
    let part = |start: &str| parts.iter().find_map(|part| part.strip_prefix(start));
    let minutes = format!("{} minutes", exercise.minutes);
    if !parts.contains(&minutes.as_str()) {
        problems.push(format!("line 2: expected `{minutes}` as in Cargo.toml"));
    }
    for start in ["needs ", "plugs into "] {
        if part(start).is_none() {
            problems.push(format!("line 2: expected a part `{start}…`"));
        }
    }
    let counted: usize = holes.iter().map(Hole::code_lines).sum();
    match part("about ").and_then(|rest| rest.strip_suffix(" lines")).and_then(|n| n.parse::<usize>().ok()) {
        None => problems.push("line 2: expected a part `about N lines`".into()),
        Some(stated) if !is_about(stated, counted) => {
            problems.push(format!("line 2: says about {stated} lines, the solution has {counted}"));
        }
        Some(_) => {}
    }
    let named: Vec<&str> = concept_ids(line).collect();
    if named != exercise.concepts {
        problems.push(format!(
            "line 2: expected the concepts {:?} of Cargo.toml, got {named:?}",
            exercise.concepts
        ));
    }
}

/// Off by three lines or a fifth at the most: a promise, not a measurement.
fn is_about(stated: usize, counted: usize) -> bool {
    stated.abs_diff(counted) <= (stated / 5).max(3)
}

fn parts(readme: &str, problems: &mut Vec<String>) {
    let mut from = 0;
    for part in PARTS {
        // At the start of a line, so that a mention in a sentence does not count.
        match readme[from..].find(&format!("\n{part}")) {
            Some(at) => from += at + 1,
            None if readme.contains(&format!("\n{part}")) => {
                problems.push(format!("`{part}` stands in the wrong place"));
            }
            None => problems.push(format!("`{part}` is missing")),
        }
    }
    for number in 1..=3 {
        let heading = format!("## Hint {number}");
        let text = readme.split_once(&heading).map(|(_, rest)| rest.split("\n## ").next().unwrap_or(rest));
        if text.is_some_and(|text| text.trim().is_empty()) {
            problems.push(format!("`{heading}` is empty"));
        }
    }
}

fn spoilers(readme: &str, holes: &[Hole], problems: &mut Vec<String>) {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let above = dense(readme.split("\n## Hint 3").next().unwrap_or(readme));
    for line in holes.iter().flat_map(|hole| &hole.answer).filter(|line| !line.trim().starts_with("//")) {
        let code = dense(line.trim().trim_end_matches([' ', '{', ';', ',']));
        if code.chars().count() >= SPOILER && above.contains(&code) {
            problems.push(format!("gives away a line of the solution above hint 3: `{}`", line.trim()));
        }
    }
}

/// The identifiers in `[T-01] [T-04]`.
pub fn concept_ids(text: &str) -> impl Iterator<Item = &str> {
    text.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(id, _)| id)
        .filter(|id| is_concept(id))
}

/// Whether this is an identifier such as `T-01`.
pub fn is_concept(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b'-', digits @ ..]
        if letter.is_ascii_uppercase() && digits.len() == 2 && digits.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_concepts_and_nothing_else() {
        assert_eq!(concept_ids("[T-01] [A §4.1] [x](y) [T-4] [W-05]").collect::<Vec<_>>(), ["T-01", "W-05"]);
    }

    #[test]
    fn about_is_three_lines_or_a_fifth() {
        assert!(is_about(10, 13) && !is_about(10, 14));
        assert!(is_about(20, 24) && !is_about(20, 25));
        assert!(is_about(20, 16) && !is_about(20, 15));
    }

    fn wrong_parts(readme: &str) -> Vec<String> {
        let mut problems = Vec::new();
        parts(readme, &mut problems);
        problems
    }

    #[test]
    fn the_parts_stand_in_order_and_say_something() {
        let readme: String = PARTS.iter().map(|part| format!("\n{part}\ntext\n")).collect();
        assert_eq!(wrong_parts(&readme), [""; 0]);
        let swapped =
            readme.replace("Hint 1", "Hint x").replace("Hint 2", "Hint 1").replace("Hint x", "Hint 2");
        assert_eq!(wrong_parts(&swapped), ["`## Hint 2` stands in the wrong place"]);
        let empty = readme.replace("## Hint 2\ntext", "## Hint 2\n");
        assert_eq!(wrong_parts(&empty), ["`## Hint 2` is empty"]);
        let inside = readme.replace("\n**Run it:**", "\nsee **Run it:**");
        assert_eq!(wrong_parts(&inside), ["`**Run it:**` is missing"]);
    }

    #[test]
    fn only_a_long_line_of_the_answer_above_hint_3_is_a_spoiler() {
        let long = "let everything = that.gives(the, answer, away);";
        let solution = format!("// YOUR CODE a: x\n// {long}\n    {long}\nlet n = 1;\n// END YOUR CODE\n");
        let holes = crate::starter::holes_of(&solution).unwrap();
        let found = |readme: &str| {
            let mut problems = Vec::new();
            spoilers(readme, &holes, &mut problems);
            problems.len()
        };
        assert_eq!(found("let n = 1;\n## Hint 3\nnothing"), 0);
        assert_eq!(found(&format!("text\n## Hint 3\n{long}")), 0);
        assert_eq!(found("let everything = that\n  .gives(the, answer, away)\n## Hint 3\n"), 1);
    }
}
