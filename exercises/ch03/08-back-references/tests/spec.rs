//! # Spec of 03-08: a shared list stays shared
//!
//! Two orders have the same list of addresses. Not two equal lists: one. Change it in the first order, and it has
//! changed in the second. JSON writes it twice, and at the other end they are two. And a list that contains
//! itself JSON cannot write at all: it would never be done.
//!
//! Hessian counts. Each list has a number, the number of lists that began before it, and nobody writes it down:
//! both ends count in the same way. Whoever comes to a list again writes 51 and its number.
//!
//! A number in a message is a stranger's claim, as a length is. So is the depth of what he sends.

mod harness;

use ch03_codec::hessian::{Error, Graph, Node, Value};
use ch03_codec::{LimitError, Limits};
use harness::{Numbers, PAGE, answer, decode, drawn, encode, graph, hex, in_words, int, list};
use spec_kit::Failure;

// ---- decode ----

#[track_caller]
fn check_decoded(bytes: &[u8], expected: &str, symptom: &str, because: &str) {
    let got = decode(bytes, &Limits::default());
    let shown = answer(&got);
    if shown == format!("Ok: {expected}") {
        return;
    }
    let because = match &got {
        Ok(got) if lists_in(expected) < got.nodes.len() => {
            "There are more lists than have begun in the message. A reference makes no new list: it is a \
             `Value::Node` with the number that stands there. And a list has one place in `nodes`, not two."
        }
        Err(Error::Unexpected { tag: 0x51, .. }) => {
            "51 is no value of `scalar` and no int: it says that a number follows. Take it off with \
             `reader.byte`, then read the int."
        }
        Err(Error::Unexpected { tag: 0x58 | 0x78..=0x7F, .. }) => {
            "This byte begins a list: 58, and 78 to 7f."
        }
        Err(Error::End { .. }) => {
            "All of it is there. Behind the head of a list with n elements come n values, and no more."
        }
        _ => because,
    };
    Failure::new(symptom)
        .show("the message", drawn(bytes))
        .expected(format_args!("Ok: {expected}"))
        .got(shown)
        .because(because)
        .page(PAGE)
        .raise();
}

/// How many lists an expected graph has.
fn lists_in(expected: &str) -> usize {
    expected.matches(" = [").count()
}

#[test]
fn lists_are_read_as_java_writes_them() {
    for (bytes, expected) in [
        (&b"\x7a\x91\x01a"[..], "root #0 · #0 = [1, \"a\"]"),
        (b"\x78", "root #0 · #0 = []"),
        (b"\x7b\x91\x92\x93", "root #0 · #0 = [1, 2, 3]"),
        (b"\x79N", "root #0 · #0 = [null]"),
        (b"\x7d\x90\x91\x92\x93\x94", "root #0 · #0 = [0, 1, 2, 3, 4]"),
        (b"\x7f\x90\x91\x92\x93\x94\x95\x96", "root #0 · #0 = [0, 1, 2, 3, 4, 5, 6]"),
        (b"\x58\x98\x90\x91\x92\x93\x94\x95\x96\x97", "root #0 · #0 = [0, 1, 2, 3, 4, 5, 6, 7]"),
        (b"\x58\x92\x91\x92", "root #0 · #0 = [1, 2]"),
        (b"\x58\x90", "root #0 · #0 = []"),
        (b"\x97", "root 7"),
        (b"N", "root null"),
        (b"\x02ab", "root \"ab\""),
        (b"\x30\x01a", "root \"a\""),
        (b"R\x00\x01aS\x00\x01b", "root \"ab\""),
        (b"S\x00\x01b", "root \"b\""),
    ] {
        check_decoded(
            bytes,
            expected,
            "A message without a reference was not read.",
            "`list_head` takes the head and says how many elements follow; so many times the next value. What \
             is neither list nor reference is `scalar`'s.",
        );
    }
}

#[test]
fn lists_in_lists_have_their_own_elements() {
    for (bytes, expected) in [
        (&b"\x7a\x79\x91\x79\x92"[..], "root #0 · #0 = [#1, #2] · #1 = [1] · #2 = [2]"),
        (b"\x79\x79\x79\x91", "root #0 · #0 = [#1] · #1 = [#2] · #2 = [1]"),
        (b"\x7c\x91\x7a\x92\x93\x94\x78", "root #0 · #0 = [1, #1, 4, #2] · #1 = [2, 3] · #2 = []"),
    ] {
        check_decoded(bytes, expected, "Lists in a list were not read.", NUMBER);
    }
}

const NUMBER: &str = "A list has its number when it begins: take a place in `nodes` before the first element \
                      is read, and fill it behind the last. So the outer list has a smaller number than those \
                      in it.";

#[test]
fn a_reference_is_the_same_list() {
    for (bytes, expected) in [
        (&b"\x7a\x79\x91\x51\x91"[..], "root #0 · #0 = [#1, #1] · #1 = [1]"),
        (b"\x7b\x78\x51\x91\x51\x91", "root #0 · #0 = [#1, #1, #1] · #1 = []"),
        (b"\x7b\x79\x91\x79\x91\x51\x92", "root #0 · #0 = [#1, #2, #2] · #1 = [1] · #2 = [1]"),
        (b"\x7a\x79\x78\x79\x51\x92", "root #0 · #0 = [#1, #3] · #1 = [#2] · #2 = [] · #3 = [#2]"),
    ] {
        check_decoded(
            bytes,
            expected,
            "Two elements were one list, and are not any more.",
            "51 and an int: the list with that number, which has begun already. The first list of a message is \
             number 0, and is the whole.",
        );
    }
}

#[test]
fn a_list_can_be_in_itself() {
    for (bytes, expected) in [
        (&b"\x79\x51\x90"[..], "root #0 · #0 = [#0]"),
        (b"\x7b\x51\x90\x91\x51\x90", "root #0 · #0 = [#0, 1, #0]"),
        (b"\x79\x79\x51\x90", "root #0 · #0 = [#1] · #1 = [#0]"),
        (b"\x7a\x79\x51\x91\x51\x91", "root #0 · #0 = [#1, #1] · #1 = [#1]"),
        (b"\x79\x7a\x79\x51\x91\x51\x90", "root #0 · #0 = [#1] · #1 = [#2, #0] · #2 = [#1]"),
    ] {
        check_decoded(bytes, expected, "A list was to contain itself.", NUMBER);
    }
}

#[test]
fn numbers_count_what_has_begun() {
    // Whatever stands at the end refers to each of the lists before it. They have all been left but the first.
    for (number, reference) in (0..6).map(|number| (number, 0x90 + number as u8)) {
        let bytes = [&b"\x7d\x79\x79\x91\x58\x92\x92\x93\x01x\x7a\x78\x94"[..], &[0x51, reference]].concat();
        check_decoded(
            &bytes,
            &format!(
                "root #0 · #0 = [#1, #3, \"x\", #4, #{number}] · #1 = [#2] · #2 = [1] · #3 = [2, 3] · #4 = \
                 [#5, 4] · #5 = []"
            ),
            "A reference was taken for another list.",
            "The number is how many lists began before it, in the whole message, whatever is in them and \
             whether they have ended. Texts and ints have none. It counts from 0.",
        );
    }
}

#[track_caller]
fn check_refused(bytes: &[u8], limits: &Limits, expected: &Error, symptom: &str, because: &str) {
    let got = decode(bytes, limits);
    let shown = answer(&got);
    if shown != format!("Err({expected:?})") {
        Failure::new(symptom)
            .show("the message", drawn(bytes))
            .expected(format_args!("Err({expected:?})"))
            .got(shown)
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_number_that_is_not_known_is_refused() {
    for (bytes, at, node, known) in [
        (&b"\x51\x90"[..], 0, 0, 0),
        (b"\x79\x51\x91", 1, 1, 1),
        (b"\x7a\x51\x91\x79\x91", 1, 1, 1),
        (b"\x7a\x79\x91\x51\x92", 3, 2, 2),
        (b"\x79\x51\x8f", 1, -1, 1),
        (b"\x7a\x78\x51\x8f", 2, -1, 2),
        (b"\x7b\x78\x78\x51\x8e", 3, -2, 3),
        (b"\x79\x51I\x80\x00\x00\x00", 1, i32::MIN, 1),
        (b"\x79\x51I\x7f\xff\xff\xff", 1, i32::MAX, 1),
        (b"\x7a\x78\x79\x51\xc8\x64", 3, 100, 3),
    ] {
        check_refused(
            bytes,
            &Limits::default(),
            &Error::UnknownNode { at, node, known },
            "A reference to a list that has not begun.",
            "The number is a stranger's claim. It must be below the number of lists that have begun, and not \
             below 0. A list that begins later cannot be meant: its number would depend on what is still to \
             come. `at` is where the reference begins, at its 51; `known` is how many lists have begun.",
        );
    }
}

#[test]
fn how_deep_lists_go_is_limited() {
    let limits = Limits { max_depth: 3, ..Limits::default() };
    let too_deep = Error::Limit(LimitError::TooDeep { limit: 3 });
    let because = "Before the elements of a list: `budget.enter()?`. Behind the last: `budget.leave()`. A \
                   list in a list in a list takes a piece of your stack each, and a stranger writes a million \
                   of them in a megabyte.";
    for bytes in [&b"\x79\x79\x79\x79\x91"[..], b"\x79\x79\x79\x78", b"\x7a\x91\x79\x79\x79\x91"] {
        check_refused(
            bytes,
            &limits,
            &too_deep,
            "Four levels of lists came, and three are allowed.",
            because,
        );
    }
    // What is too deep is not looked at: there stands what is no value here.
    check_refused(
        b"\x79\x79\x79\x79\x48",
        &limits,
        &too_deep,
        "Four levels of lists came, and three are allowed.",
        "Ask before you read the elements: whoever asks on the way back has been down there already.",
    );
    // Who has come so far asks in time, so the stack holds.
    check_refused(
        &vec![0x79; 1_000_000],
        &Limits::default(),
        &Error::Limit(LimitError::TooDeep { limit: 64 }),
        "A million lists in each other came, and 64 are allowed.",
        because,
    );

    let deepest = [&[0x79; 63][..], &[0x78]].concat();
    let mut wide = vec![0x58, 0xC9, 0x2C]; // 300 elements
    wide.extend(b"\x79\x51\x90".repeat(300));
    let mut empty = vec![0x58, 0xC9, 0x2C];
    empty.extend([0x78; 300]);
    for (what, bytes, count) in [
        ("64 levels", &deepest, 64),
        ("300 lists beside each other", &wide, 301),
        ("300 empty lists beside each other", &empty, 301),
    ] {
        let got = decode(bytes, &Limits::default());
        if !got.as_ref().is_ok_and(|graph| graph.nodes.len() == count) {
            Failure::new(format_args!("{what} are not too deep."))
                .show("the message", drawn(bytes))
                .expected(format_args!("Ok, {count} lists"))
                .got(answer(&got))
                .because(match got {
                    Err(Error::Limit(_)) => {
                        "The depth counts the lists that have begun and not ended. Each `enter` needs its \
                         `leave`, behind the last element, also in a list that has none. A reference goes no \
                         deeper: it is a number."
                    }
                    Err(Error::UnknownNode { .. }) => {
                        "This is no matter of depth: each of these references means list 0, which has begun."
                    }
                    _ => "This is no matter of depth. The tests with small messages say more.",
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn what_is_broken_is_refused() {
    let limits = Limits { max_elements: 5, ..Limits::default() };
    let small = Limits { max_elements: 4, ..limits };
    let no_int = "an int";
    let because =
        "`list_head`, `scalar` and the calls of `reader` say so themselves: hand their errors on with `?`.";
    for (bytes, expected) in [
        (&b""[..], Error::End { at: 0, expected: "a value" }),
        (b"\x7a\x51\x90", Error::End { at: 3, expected: "a value" }),
        (b"\x7a\x91\x51", Error::End { at: 3, expected: no_int }),
        (b"\x58", Error::End { at: 1, expected: no_int }),
        (b"\x79\x02a", Error::End { at: 3, expected: "a text" }),
        (b"\x79\x48", Error::Unexpected { at: 1, tag: 0x48, expected: no_int }),
        (b"\x79\x51N", Error::Unexpected { at: 2, tag: b'N', expected: no_int }),
        (b"\x7a\x91", Error::Count { at: 1, count: 2, left: 1 }),
        (b"\x58\x8f", Error::Count { at: 2, count: -1, left: 0 }),
        (b"\x58I\x7f\xff\xff\xff\x91", Error::Count { at: 6, count: i32::MAX, left: 1 }),
        (b"\x91\x91", Error::LeftOver { at: 1, count: 1 }),
        (b"\x79\x91\x51\x90", Error::LeftOver { at: 2, count: 2 }),
    ] {
        check_refused(bytes, &limits, &expected, "This message is broken.", because);
    }
    let known = |tag: &u8| matches!(tag, 0x00..=0x1F | 0x30..=0x33 | b'I' | b'N' | b'Q' | b'R' | b'S' | 0x58 | 0x78..=0xD7);
    for tag in (0..=255_u8).filter(|tag| !known(tag)) {
        check_refused(
            &[0x79, tag, 0x91, 0x91, 0x91],
            &limits,
            &Error::Unexpected { at: 1, tag, expected: no_int },
            "A value came that this version does not know.",
            "Lists begin with 58 and 78 to 7f: those with a type (55, 56, 70 to 77) and those without a \
             length (57) are not ours. What is no list and no reference goes to `scalar`, which refuses it.",
        );
    }
    let five = b"\x7b\x7a\x91\x92\x91\x51\x91";
    check_refused(
        five,
        &small,
        &Error::Limit(LimitError::TooManyElements { limit: 4 }),
        "Five elements came, and four are allowed.",
        because,
    );
    let got = decode(five, &limits);
    if got.is_err() {
        Failure::new("Five elements came, and five are allowed.")
            .show("the message", drawn(five))
            .expected("Ok: root #0 · #0 = [#1, 1, #1] · #1 = [1, 2]")
            .got(answer(&got))
            .because("`list_head` counts them. Nobody else has to.")
            .page(PAGE)
            .raise();
    }
}

// ---- encode ----

#[track_caller]
fn check_encoded(graph: &Graph, expected: &[u8], symptom: &str, because: &str) {
    let got = encode(graph);
    let differs = got.iter().flatten().zip(expected).position(|(got, expected)| got != expected).unwrap_or(0);
    let (shown, because) = match &got {
        Ok(got) if got == expected => return,
        Ok(got) if differs > 0 && got[differs - 1] == 0x51 => (hex(got), NUMBERS),
        Ok(got) if expected.starts_with(got) => (
            hex(got),
            "The end is missing: a list is its head and all of its elements, and then the next value comes.",
        ),
        Ok(got) => (hex(got), because),
        Err(error @ Error::Limit(_)) => (
            format!("Err({error:?})"),
            "Nothing here is deep. Either a list was written again in itself, for ever: it needs its number \
             before its elements are written, so that they find it. And a list that has a number is that \
             number and nothing else: `return` there. Or a list was entered and not left: `begin_list` \
             enters, and behind the last element comes `budget.leave()`.",
        ),
        Err(error) => (
            format!("Err({error:?})"),
            "Everything in this graph is there. An element may be a list again, so it is a matter for \
             `self.value`; `scalar` knows no lists.",
        ),
    };
    let from = differs.saturating_sub(8);
    let (expected_from, shown) = match &got {
        Ok(got) if from > 0 => (
            format!("from byte {from} on {}", hex(&expected[from..])),
            format!("from byte {from} on {}", hex(&got[from..])),
        ),
        _ => (hex(expected), shown),
    };
    Failure::new(symptom)
        .show("the graph", in_words(graph))
        .show("its message", drawn(expected))
        .expected(expected_from)
        .got(shown)
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn lists_are_written_as_java_writes_them() {
    let text = |text: &str| Value::String(text.to_owned());
    let eight: Vec<Value> = (0..8).map(int).collect();
    for (graph, bytes) in [
        (graph([&[int(1), text("a")]]), &b"\x7a\x91\x01a"[..]),
        (graph([&[]]), b"\x78"),
        (graph([&[Value::Null, list(1), int(3)], &[int(1), int(2)]]), b"\x7bN\x7a\x91\x92\x93"),
        (graph([&[list(1)], &[list(2)], &[int(1)]]), b"\x79\x79\x79\x91"),
        (graph([&eight[..7]]), b"\x7f\x90\x91\x92\x93\x94\x95\x96"),
        (graph([&eight]), b"\x58\x98\x90\x91\x92\x93\x94\x95\x96\x97"),
        (Graph { root: int(7), nodes: vec![] }, b"\x97"),
        (Graph { root: text("ab"), nodes: vec![] }, b"\x02ab"),
    ] {
        check_encoded(
            &graph,
            bytes,
            "A graph in which nothing is shared was written in another way.",
            "`begin_list` writes the head, and gives the elements. Each of them is a value again.",
        );
    }
}

#[test]
fn the_second_time_it_is_a_number() {
    for (graph, bytes) in [
        (graph([&[list(1), list(1)], &[int(1)]]), &b"\x7a\x79\x91\x51\x91"[..]),
        (graph([&[list(1), list(1), list(1)], &[]]), b"\x7b\x78\x51\x91\x51\x91"),
        (graph([&[list(1), list(2)], &[list(2)], &[int(5)]]), b"\x7a\x79\x79\x95\x51\x92"),
        (graph([&[list(1), int(3), list(1)], &[int(1), int(2)]]), b"\x7b\x7a\x91\x92\x93\x51\x91"),
    ] {
        check_encoded(
            &graph,
            bytes,
            "A list is in two places, and was not written once.",
            "Written before? Then 51 and its number, an int. The number is how many lists began before it: \
             the first list has 0.",
        );
    }
}

#[test]
fn a_cycle_ends() {
    for (graph, bytes) in [
        (graph([&[list(0)]]), &b"\x79\x51\x90"[..]),
        (graph([&[list(1)], &[list(0)]]), b"\x79\x79\x51\x90"),
        (graph([&[list(1), list(1)], &[list(1)]]), b"\x7a\x79\x51\x91\x51\x91"),
        (graph([&[list(0), int(1), list(0)]]), b"\x7b\x51\x90\x91\x51\x90"),
    ] {
        check_encoded(
            &graph,
            bytes,
            "A list contains itself.",
            "It has its number before its elements are written; so they find it, and write the number.",
        );
    }
}

#[test]
fn equal_lists_are_two_lists() {
    check_encoded(
        &graph([&[list(1), list(2), list(1), list(2)], &[int(1)], &[int(1)]]),
        b"\x7c\x79\x91\x79\x91\x51\x91\x51\x92",
        "Two lists have the same elements, and are two.",
        "Change the one, and the other stays as it is: so it must be at the other end. What makes a list the \
         same is its `NodeId`, not what is in it.",
    );
    check_encoded(
        &graph([&[list(1), list(2)], &[], &[]]),
        b"\x7a\x78\x78",
        "Two lists are empty, and are two.",
        "What makes a list the same is its `NodeId`, not what is in it.",
    );
}

#[test]
fn numbers_are_given_while_writing() {
    for (graph, bytes) in [
        // The second node is written third.
        (
            graph([&[list(2), list(1), list(2), list(1)], &[int(1)], &[int(2)]]),
            &b"\x7c\x79\x92\x79\x91\x51\x91\x51\x92"[..],
        ),
        // Nothing reaches the second.
        (graph([&[list(2), list(2)], &[int(1)], &[int(2)]]), b"\x7a\x79\x92\x51\x91"),
        // The root is the last.
        (
            Graph { root: list(2), ..graph([&[int(1)], &[list(0)], &[list(1), list(0), list(1), list(2)]]) },
            b"\x7c\x79\x79\x91\x51\x92\x51\x91\x51\x90",
        ),
        // Left long ago, and still number 2.
        (
            graph([&[list(1), list(3), list(2), list(3)], &[list(2)], &[], &[list(2), int(1)]]),
            b"\x7c\x79\x78\x7a\x51\x92\x91\x51\x92\x51\x93",
        ),
    ] {
        check_encoded(&graph, bytes, "A reference has another list's number.", NUMBERS);
    }
    // Numbers of one byte, of two and of three; and each list once more, at the end.
    for (lists, head, reference) in [
        (47, &b"\x58\xc8\x30"[..], &b"\x51\xbf"[..]),
        (48, b"\x58\xc8\x31", b"\x51\xc8\x30"),
        (300, b"\x58\xc9\x2d", b"\x51\xc9\x2c"),
        (2048, b"\x58\xd4\x08\x01", b"\x51\xd4\x08\x00"),
    ] {
        let mut elements: Vec<Value> = (1..=lists).map(list).collect();
        elements.push(list(lists));
        let mut wide = graph([&elements]);
        wide.nodes.extend((0..lists).map(|_| Node::List { type_name: None, values: vec![] }));
        check_encoded(
            &wide,
            &[head, &vec![0x78; lists], reference].concat(),
            &format!("{lists} lists in a list, and the last of them once more."),
            "One after the other; and the number at the end is an int like any other.",
        );
    }
}

const NUMBERS: &str = "Behind 51 stands an int (`int::write`: from 48 on it has two bytes, or more): how many \
                       lists were begun before this one, as the reader will count them; the first list has \
                       0. Where a list stands in `nodes` is nobody else's \
                       business, and what nothing reaches has no number.";

#[test]
fn what_is_too_deep_is_not_written() {
    let deep = |levels: usize| Graph {
        root: list(0),
        nodes: (1..=levels)
            .map(|next| Node::List {
                type_name: None,
                values: if next < levels { vec![list(next)] } else { vec![] },
            })
            .collect(),
    };
    check_encoded(&deep(64), &[&[0x79; 63][..], &[0x78]].concat(), "64 levels are allowed.", "All of them.");
    let mut elements: Vec<Value> = (1..=300).map(list).collect();
    elements.push(list(300));
    let mut wide = graph([&elements]);
    wide.nodes.extend((0..300).map(|_| Node::List { type_name: None, values: vec![list(0)] }));
    let expected = [&[0x58, 0xC9, 0x2D][..], &b"\x79\x51\x90".repeat(300), &[0x51, 0xC9, 0x2C]].concat();
    check_encoded(
        &wide,
        &expected,
        "300 lists beside each other are not deep.",
        "All of them, one after the other.",
    );

    let mut empty = graph([&elements[..300]]);
    empty.nodes.extend((0..300).map(|_| Node::List { type_name: None, values: vec![] }));
    let expected = [&[0x58, 0xC9, 0x2C][..], &[0x78; 300]].concat();
    check_encoded(
        &empty,
        &expected,
        "300 empty lists beside each other are not deep.",
        "All of them, one after the other.",
    );

    for (what, graph, expected) in [
        ("65 levels", deep(65), Error::Limit(LimitError::TooDeep { limit: 64 })),
        ("an element that is not there", graph([&[list(3)]]), Error::NoSuchNode { node: 3, known: 1 }),
        (
            "a list that is not there, at the root",
            Graph { root: list(0), nodes: vec![] },
            Error::NoSuchNode { node: 0, known: 0 },
        ),
    ] {
        let got = encode(&graph);
        let shown = match &got {
            Ok(bytes) => format!("Ok: {}", hex(bytes)),
            Err(error) => format!("Err({error:?})"),
        };
        if shown != format!("Err({expected:?})") {
            Failure::new(format_args!("This graph cannot be written: {what}."))
                .show("the graph", in_words(&graph))
                .expected(format_args!("Err({expected:?})"))
                .got(shown)
                .because(
                    "`begin_list` says so itself: hand its error on with `?`. And a list is left behind its \
                     last element, not before its first.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- both ----

#[test]
fn every_graph_comes_back() {
    let mut numbers = Numbers(3);
    for _ in 0..500 {
        let count = 1 + numbers.below(9);
        let mut node = || {
            let elements = numbers.below(10);
            let mut value = || {
                if numbers.below(3) == 0 { int(numbers.below(40) as i32) } else { list(numbers.below(count)) }
            };
            Node::List { type_name: None, values: (0..elements).map(|_| value()).collect() }
        };
        let graph = Graph { root: list(0), nodes: (0..count).map(|_| node()).collect() };
        let expected = graph.encode().expect("a graph that can be written");
        check_encoded(
            &graph,
            &expected,
            "A graph was written in another way than the chapter writes it.",
            "The tests with small graphs say more; begin with those that are red.",
        );
        let back = Graph::decode(&expected, &Limits::default()).expect("a message that can be read");
        check_decoded(
            &expected,
            &in_words(&back),
            "A message was read in another way than the chapter reads it.",
            "The tests with small messages say more; begin with those that are red.",
        );
    }
}
