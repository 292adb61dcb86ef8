//! Every fault that `check` and `capture --check` promise to find, one at a time.

use crate::Fixture;

const PAGE: &str = "book/text/ch01/one.md";

/// Runs `check` on a book with one fault, which must be reported in these words and alone fail the check.
fn check_finds(book: &Fixture, expected: &str) {
    let (code, out, err) = book.run(&["check"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains(expected), "expected {expected:?} in:\n{out}{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn dead_links_and_anchors() {
    let book = Fixture::new();
    book.append(
        PAGE,
        "\nSee [this](two.md) and\n[that](../appendix/sources.md#nowhere), [out](../../x.md).\n",
    );
    check_finds(&book, "one.md:43: dead-link: two.html: there is no such page or file");
    check_finds(
        &book,
        "one.md:44: dead-link: ../appendix/sources.html#nowhere: appendix/sources.html has no anchor",
    );
    check_finds(&book, "one.md:44: dead-link: ../../x.html: it leads out of the book");
}

#[test]
fn a_page_nobody_lists_and_a_page_nobody_wrote() {
    let book = Fixture::new();
    book.append("book/text/ch01/two.md", "# Two\n");
    check_finds(&book, "book/text/ch01/two.md:1: orphan-page: SUMMARY.md does not list this page");
    book.append("book/text/SUMMARY.md", "- [Three](ch01/three.md)\n");
    check_finds(&book, "book/text/SUMMARY.md:6: missing-page: ch01/three.md does not exist");
}

#[test]
fn listings_that_are_missing_or_too_long() {
    let book = Fixture::new();
    book.edit(PAGE, "code.rs:loop", "code.rs:gone");
    check_finds(&book, "one.md:5: missing-anchor: code.rs has no `ANCHOR: gone`");
    book.edit(PAGE, "code.rs:gone", "long.rs");
    check_finds(&book, "one.md:5: long-listing: long.rs has 40 lines; at most 30: name an anchor");
    book.edit(PAGE, "long.rs", "none.rs");
    check_finds(&book, "one.md:5: listing: none.rs is no file of this repository");
}

#[test]
fn pasted_rust() {
    let book = Fixture::new();
    book.append(PAGE, "\n```rust\nfn main() {}\n```\n");
    check_finds(&book, "one.md:43: pasted-rust: ");
}

#[test]
fn types_that_a_browser_would_take_for_tags() {
    let book = Fixture::new();
    book.append(PAGE, "\nA `Vec<u8>` is seen, <kbd>q</kbd> too,\na Vec<u8> is not.\n");
    check_finds(&book, "one.md:44: lost-text: <u8> is no HTML and would vanish");
}

#[test]
fn unknown_concepts_sources_and_directives() {
    let book = Fixture::new();
    book.append(PAGE, "\n[T-99]\n[C 7]\n{{#listings a.rs}}\n");
    check_finds(&book, "one.md:43: unknown-reference: [T-99] is no concept of book/concepts.toml");
    check_finds(&book, "one.md:44: unknown-reference: [C 7] has no heading in appendix/sources.md");
    check_finds(&book, "one.md:45: bad-directive: {{#listings}} is unknown");
}

#[test]
fn a_concept_that_its_chapter_leaves_out() {
    let book = Fixture::new();
    book.edit("book/concepts.toml", "chapter = 2", "chapter = 1");
    check_finds(&book, "book/concepts.toml:10: concept: no page of chapter 1 mentions [P-01] Frames");
}

#[test]
fn only_its_own_chapter_covers_a_concept_but_any_covers_the_front_matter() {
    let book = Fixture::new();
    book.append("book/text/front/two.md", "# Two\n\n[P-01]\n");
    book.append("book/text/SUMMARY.md", "- [Two](front/two.md)\n");
    book.edit("book/concepts.toml", "chapter = 2", "chapter = 1");
    check_finds(&book, "book/concepts.toml:10: concept: no page of chapter 1 mentions [P-01]");
    book.edit("book/concepts.toml", "chapter = 1", "chapter = 0"); // T-04, which a page of chapter 1 mentions
    book.edit("book/concepts.toml", "chapter = 1", "chapter = 0"); // P-01, which the new page mentions
    let (code, out, err) = book.run(&["check"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("2 concepts covered"), "{out}");
}

#[test]
fn a_list_of_concepts_with_faults() {
    let book = Fixture::new();
    book.edit("book/concepts.toml", "chapter = 2", "chapter = 11");
    check_finds(&book, "book/concepts.toml:10: concept: P-01: chapter 11 does not exist; 0 to 10 do");
    book.edit("book/concepts.toml", "chapter = 11", "chapter = 10");
    book.edit("book/concepts.toml", "B 3|5", "B 9");
    check_finds(&book, "book/concepts.toml:10: concept: P-01: the source \"B 9\" has no heading");
    book.edit("book/concepts.toml", "see [T-04]", "see [T-98]");
    check_finds(&book, "book/concepts.toml:10: concept: P-01: [T-98] is no concept of book/concepts.toml");
    book.edit("book/concepts.toml", "id = \"P-01\"", "id = \"T-04\"");
    check_finds(&book, "concept: T-04 occurs twice");
    let (_, out, _) = book.run(&["check"]);
    assert!(!out.contains("does not exist; 0 to 10"), "{out}");
    std::fs::remove_file(book.path("book/concepts.toml")).expect("the list goes");
    check_finds(&book, "book/concepts.toml:1: concept: the list of concepts is missing or empty");
}

#[test]
fn an_exercise_without_a_card_or_a_page() {
    let book = Fixture::new();
    book.edit(PAGE, "{{#exercises 1}}", "");
    check_finds(&book, "exercises/ch01/01-read/Cargo.toml:5: exercise: no page shows the card of 01-01");
    book.edit("exercises/ch01/01-read/Cargo.toml", "ch01/one.md", "ch01/none.md");
    check_finds(&book, "Cargo.toml:7: exercise: its page \"ch01/none.md\" does not exist below book/text/");
    book.edit("exercises/ch01/01-read/README.md", "about 14 lines", "some lines");
    check_finds(&book, "01-read/README.md:2: exercise: this line does not say `about N lines`");
}

#[test]
fn figures_that_some_readers_cannot_see() {
    let book = Fixture::new();
    book.edit("book/text/figures/ch01/box.svg", "var(--client)", "#ff0000");
    check_finds(
        &book,
        "one.md:9: figure: book/text/figures/ch01/box.svg: stroke=\"#ff0000\" is not of the palette",
    );
    let book = Fixture::new();
    book.append("book/text/figures/ch01/spare.svg", "<svg viewBox='0 0 1 1'/>");
    check_finds(&book, "spare.svg:1: figure: no page shows this figure");
    let book = Fixture::new();
    book.edit("book/text/figures/ch01/box.svg", "<rect ", "<rect id=\"edge\" ");
    let svg = std::fs::read_to_string(book.path("book/text/figures/ch01/box.svg")).expect("the figure");
    assert_eq!(book.run(&["check"]).0, 0, "an id of its own is fine");
    book.append("book/text/figures/ch01/twin.svg", &svg);
    book.append(PAGE, "\n{{#figure ch01/twin.svg \"a twin\"}}\n");
    check_finds(&book, "twin.svg:1: figure: the id \"edge\" is also in ch01/box.svg");
    check_finds(&book, "one.md:1: double-id: the id \"edge\" occurs twice on this page");
}

#[test]
fn titles_pictures_and_too_few_questions() {
    let book = Fixture::new();
    book.edit(PAGE, "# One", "One");
    check_finds(&book, "one.md:1: title: the page has no `# title`");
    let book = Fixture::new();
    book.append(PAGE, "\n![](../figures/ch01/box.svg)\n");
    check_finds(&book, "one.md:43: alt-text: ![]( has no alternative text");
    let book = Fixture::new();
    book.edit(PAGE, "```question\nask = \"Five?\"\nanswer = \"Five.\"\n```", "");
    check_finds(&book, "one.md:1: questions: chapter 1 has 4 questions; at least 5");
}

#[test]
fn a_quiz_program_proves_its_answer() {
    let book = Fixture::new();
    let question = "```question\nask = \"?\"\nanswer = \"!\"\nprogram = \"ch01/sum\"\nprints = \"3\"\n```\n";
    book.append(PAGE, &format!("\n{question}"));
    let (code, out, err) = book.run(&["check"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("1 quiz programs run"), "{out}");
    book.edit(PAGE, "prints = \"3\"", "prints = \"4\"");
    check_finds(&book, "one.md:43: quiz-program: ch01/sum: the page says it prints \"4\"; it prints \"3\"");
    book.edit("book/quiz/ch01/sum.rs", "println!(\"{}\", 1 + 2)", "panic!(\"boom\")");
    check_finds(&book, "one.md:43: quiz-program: ch01/sum: it does not run: thread 'main'");
    book.edit("book/quiz/ch01/sum.rs", "panic!", "unknown!");
    check_finds(
        &book,
        "one.md:43: quiz-program: ch01/sum: it does not run: error: cannot find macro `unknown`",
    );
    book.edit(PAGE, "ch01/sum", "ch01/none");
    check_finds(&book, "one.md:43: quiz-program: book/quiz/ch01/none.rs does not exist");
}

#[test]
#[cfg(unix)] // The captured command is `echo`.
fn captured_output_that_is_missing_stale_or_unlisted() {
    let book = Fixture::new();
    assert_eq!(book.run(&["capture", "--check"]).0, 0);
    book.edit("book/captured/ch01/echo.txt", "two words", "three little words");
    let (code, out, _) = book.run(&["capture", "--check"]);
    assert_eq!(code, 1);
    let expected =
        "echo.txt:1: capture: the page says \"three little words\", the program says \"two words\"";
    assert!(out.contains(expected), "{out}");
    // Capturing again mends it.
    assert_eq!(book.run(&["capture", "ch01/echo"]).0, 0);
    assert_eq!(book.run(&["capture", "--check"]).0, 0);

    book.append("book/captured/ch01/old.txt", "old\n");
    check_finds(&book, "book/captured/ch01/old.txt:1: capture: book/captured/captures.toml does not say how");
    std::fs::remove_file(book.path("book/captured/ch01/echo.txt")).expect("the capture goes");
    check_finds(
        &book,
        "one.md:7: output: book/captured/ch01/echo.txt does not exist: run `cargo book capture ch01/echo`",
    );
    book.edit("book/captured/captures.toml", "ch01/echo", "ch01/other");
    check_finds(&book, "book/captured/captures.toml:2: capture: no page shows ch01/other");
}

#[test]
#[cfg(unix)]
fn a_capture_that_fails_is_not_kept_and_one_that_cannot_run_is_skipped() {
    let book = Fixture::new();
    book.edit("book/captured/captures.toml", "[\"echo\", \"two words\"]", "[\"false\"]");
    let (code, out, _) = book.run(&["capture"]);
    assert_eq!(code, 1);
    assert!(out.contains("echo.txt:1: capture: expected exit 0, got 1"), "{out}");
    let kept = std::fs::read_to_string(book.path("book/captured/ch01/echo.txt")).expect("the old capture");
    assert_eq!(kept, "two words\n");

    book.append("book/captured/captures.toml", "needs = \"no-such-program\"\n");
    let (code, out, _) = book.run(&["capture", "--check"]);
    assert_eq!(code, 0);
    assert!(out.contains("ch01/echo: skipped: no-such-program is not installed"), "{out}");
    assert!(out.contains("0 passed, 0 failed, 1 skipped"), "{out}");
    assert_eq!(book.run(&["capture", "ch01/none"]).0, 1);
}
