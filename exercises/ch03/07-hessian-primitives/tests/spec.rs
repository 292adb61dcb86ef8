//! # Spec of 03-07: Hessian integers and strings
//!
//! Most numbers in a message are small: a quantity, a status, a count. Hessian gives them one byte, and that byte
//! is tag and number at once. Larger ones get more, and their high part still stands in the first byte.
//!
//! A text begins with its length, and the length is the trap. It counts neither bytes nor characters but what
//! Java counts: units of 16 bits. An emoji is two of them, and each half is written as if it were a character.
//!
//! The bytes in these tests were written by Java. Yours have to be the same, to the last bit.

mod harness;

use ch03_codec::hessian::Error;
use harness::{
    BEFORE, BEHIND, JAVA_INTS, JAVA_LONG_TEXTS, MORE_INTS, Numbers, PAGE, a_process_survives, cause, drawn,
    hex, java_texts, named, read_int, read_string, write_int, write_string,
};
use spec_kit::Failure;

// ---- ints, written ----

#[track_caller]
fn check_written_int(value: i32, expected: &[u8], symptom: &str) {
    let got = write_int(value);
    if got == expected {
        return;
    }
    let because = if got == expected[1..] && !got.is_empty() {
        "Its first byte is missing: the tag, which says that an int comes, and in which form."
    } else if got.len() > expected.len() {
        "It fits a shorter form: the picture at the top of `src/lib.rs` has the borders, and both ends belong \
         to the form."
    } else if got.len() < expected.len() {
        "It does not fit such a short form: the picture at the top of `src/lib.rs` has the borders."
    } else if got[1..] != expected[1..] && got[1..].iter().rev().eq(&expected[1..]) {
        "The largest byte comes first: big endian."
    } else if got[0] != expected[0] {
        "The first byte is the tag of zero and the high part of the number added: 90, c8 or d4. For a \
         negative number that part is negative, so the sum is below the tag of zero: `value >> 8` keeps the \
         sign."
    } else {
        "The first byte is right. The others are the low bytes of the number as they are, the largest first."
    };
    Failure::new(format_args!("{symptom}: {value}."))
        .expected(hex(expected))
        .got(hex(&got))
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn ints_are_written_as_java_writes_them() {
    for (value, bytes) in JAVA_INTS {
        check_written_int(value, bytes, "Java writes this int in another way");
    }
}

#[test]
fn an_int_takes_the_shortest_form() {
    for (value, bytes) in MORE_INTS {
        check_written_int(value, bytes, "An int near a border was not written as it should be");
    }
}

// ---- ints, read ----

#[track_caller]
fn check_read_int(bytes: &[u8], expected: i32, symptom: &str) {
    let message = [bytes, &[BEHIND]].concat();
    let (got, at) = read_int(&message);
    let end = BEFORE.len() + bytes.len();
    let because = match &got {
        Ok(got) if *got == expected && at == end => return,
        Ok(got) if *got == expected => {
            "The number is right. But you have to stop behind its last byte: the next value begins there."
        }
        Ok(got) if low_bytes_with_a_sign(bytes, expected).contains(got) => {
            "The low bytes have no sign: the sign is in the high part alone. One low byte is a `u8`, two are \
             a `u16`."
        }
        Ok(got)
            if got.swap_bytes() == expected || bytes.len() == 3 && *got & 0xFF == expected >> 8 & 0xFF =>
        {
            "The largest byte comes first: big endian."
        }
        Ok(got) if expected < 0 && *got >= 0 || expected.wrapping_sub(*got) % 256 == 0 => {
            "Take the tag of zero off the first byte before you shift, and as an `i32`: the difference has a \
             sign, and the sign is the number's."
        }
        Ok(_) => {
            "The first byte without the tag of zero (90, c8 or d4) is the high part, the bytes behind it the \
             low."
        }
        Err(_) => "All of it is there, and it is an int: 80 to bf, c0 to cf, d0 to d7, and 49, which is 'I'.",
    };
    Failure::new(symptom)
        .show("the message (the int begins at byte 2)", drawn(&[&BEFORE[..], &message].concat()))
        .expected(format_args!("Ok({expected}), and {end} bytes read"))
        .got(format_args!("{got:?}, and {at} bytes read"))
        .because(because)
        .page(PAGE)
        .raise();
}

/// What comes of the low part when somebody takes it for an `i8` or an `i16`, and adds it or puts it in with `|`.
fn low_bytes_with_a_sign(bytes: &[u8], expected: i32) -> Vec<i32> {
    match *bytes {
        [_, low] => vec![expected - 256, i32::from(low as i8)],
        [_, mid, low] => vec![
            expected - 256,
            expected - 65_536,
            i32::from(low as i8),
            i32::from(i16::from_be_bytes([mid, low])),
        ],
        _ => vec![],
    }
}

#[test]
fn ints_are_read_as_java_writes_them() {
    for (value, bytes) in JAVA_INTS.into_iter().chain(MORE_INTS) {
        check_read_int(bytes, value, "An int came back as another one.");
    }
    for tag in 0x80..=0xBF_u8 {
        check_read_int(&[tag], i32::from(tag) - 0x90, "A byte that is a number was another number.");
    }
}

#[test]
fn longer_forms_than_needed_are_read_too() {
    for (bytes, value) in [
        (&[0xC8, 7][..], 7),
        (&[0xD4, 0, 7], 7),
        (&[b'I', 0, 0, 0, 7], 7),
        (&[0xC7, 0xFF], -1),
        (&[0xD3, 0xFF, 0xFF], -1),
        (&[0xD3, 0xFF, 0xEF], -17),
        (&[b'I', 0xFF, 0xFF, 0xFF, 0xFF], -1),
        (&[0xD4, 0x00, 0xFF], 255),
        (&[0xD4, 0xFF, 0x00], 65_280),
    ] {
        check_read_int(bytes, value, "An int came in a longer form than it needs, and was not read.");
    }
}

#[test]
fn every_int_comes_back() {
    let mut numbers = Numbers(7);
    for round in 0..3000 {
        // Small ones too: cut off between 1 and 32 bits.
        let value = numbers.next() as u32 as i32 >> (round % 32);
        let mut bytes = Vec::new();
        ch03_codec::hessian::int::write(&mut bytes, value);
        check_written_int(
            value,
            &bytes,
            "Your writer and the chapter's do not agree (begin with the tests about writing)",
        );
        check_read_int(&bytes, value, "An int was not read as the chapter reads it.");
    }
}

#[test]
fn another_value_is_no_int() {
    let tags = (0..=255_u8).filter(|tag| !matches!(tag, 0x80..=0xD7 | b'I'));
    for tag in tags {
        let (got, _) = read_int(&[tag, 0, 0, 0, 0, 0, 0, 0, 0]);
        let right =
            matches!(got, Err(Error::Unexpected { at: 2, tag: named, expected: "an int" }) if named == tag);
        if !right {
            Failure::new("Another value came, and it was not refused as it should be.")
                .show("the message", drawn(&[&BEFORE[..], &[tag, 0, 0, 0, 0, 0, 0, 0, 0]].concat()))
                .expected(format_args!("Err(Unexpected {{ at: 2, tag: {tag:#04x}, expected: \"an int\" }})"))
                .got(format_args!("{got:?}"))
                .because(if got.is_ok() {
                    "Every first byte belongs to some value: 4e is null, e0 the long 0, 5b a double. A number \
                     made of them would be a wrong number that nobody notices."
                } else {
                    "`at` is where the value begins, so ask for it before you read the first byte. `tag` is \
                     that byte."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_int_that_breaks_off_is_an_end() {
    for (_, bytes) in JAVA_INTS {
        for cut in 0..bytes.len() {
            let (got, _) = read_int(&bytes[..cut]);
            let end = BEFORE.len() + cut;
            if !matches!(got, Err(Error::End { at, .. }) if at == end) {
                Failure::new("The message ends in the middle of an int.")
                    .show("the message", drawn(&[&BEFORE[..], &bytes[..cut]].concat()))
                    .expected(format_args!("Err(End {{ at: {end}, … }})"))
                    .got(format_args!("{got:?}"))
                    .because(match got {
                        Err(Error::Unexpected { .. }) => {
                            "It begins as an int does: 49 is 'I', and four bytes \
                                                          belong to it."
                        }
                        _ => {
                            "`reader.byte` and `reader.array` say so themselves: hand their error on with \
                              `?`."
                        }
                    })
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

// ---- texts, written ----

#[track_caller]
fn check_written_text(text: &str, expected: &[u8], symptom: &str) {
    let got = write_string(text);
    if got == expected {
        return;
    }
    let differs = got.iter().zip(expected).position(|(got, expected)| got != expected);
    let around = differs.unwrap_or(0).saturating_sub(4);
    Failure::new(format_args!("{symptom}: {}.", named(text)))
        .expected(format_args!(
            "{} bytes; from byte {around} on {}",
            expected.len(),
            hex(&expected[around..])
        ))
        .got(format_args!(
            "{} bytes; from byte {around} on {}",
            got.len(),
            hex(got.get(around..).unwrap_or_default())
        ))
        .because(cause(text, expected, &got))
        .page(PAGE)
        .raise();
}

#[test]
fn texts_are_written_as_java_writes_them() {
    for (text, bytes) in java_texts() {
        check_written_text(&text, &bytes, "Java writes this text in another way");
    }
}

#[test]
fn a_length_counts_units() {
    for (text, head) in [
        ("é".to_owned(), &[1][..]),
        ("naïve".to_owned(), &[5]),
        ("中".repeat(11), &[11]),
        ("中".repeat(31), &[31]),
        ("😀".repeat(15), &[30]),
        ("😀".repeat(16), &[0x30, 32]),
        ("é".repeat(1023), &[0x33, 0xFF]),
        ("😀".repeat(511), &[0x33, 0xFE]),
        ("😀".repeat(512), &[b'S', 4, 0]),
        ("\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}".to_owned(), &[9]),
    ] {
        let expected = [head, &cesu8(&text)].concat();
        check_written_text(&text, &expected, "A text was not written as it should be");
    }
}

/// The characters in CESU-8, by another way than `write_units`: pairs are taken apart by arithmetic.
fn cesu8(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for char in text.chars() {
        match u32::from(char).checked_sub(0x1_0000) {
            None => bytes.extend(char.to_string().as_bytes()),
            Some(number) => {
                for half in [0xD800 + number / 1024, 0xDC00 + number % 1024] {
                    bytes.extend([0xED, 0x80 + (half / 64 % 64) as u8, 0x80 + (half % 64) as u8]);
                }
            }
        }
    }
    bytes
}

#[test]
fn a_long_text_comes_in_chunks() {
    for (length, total, head) in JAVA_LONG_TEXTS {
        let mut expected = Vec::new();
        let mut left = length;
        while left > 0x8000 {
            expected.extend(b"R\x80\x00");
            expected.extend([b'x'; 0x8000]);
            left -= 0x8000;
        }
        match left {
            0..=31 => expected.push(left as u8),
            32..=1023 => expected.extend([0x30 + (left / 256) as u8, (left % 256) as u8]),
            _ => expected.extend([b'S', (left / 256) as u8, (left % 256) as u8]),
        }
        expected.extend(vec![b'x'; left]);
        assert!(expected.len() == total && expected.starts_with(&head), "what Java was seen to write");
        check_written_text(&"x".repeat(length), &expected, "Java writes this text in other chunks");
    }
    // What is left for the last chunk, in each of its forms.
    for (left, head) in [(31, &[31][..]), (32, &[0x30, 32]), (1023, &[0x33, 0xFF]), (1024, b"S\x04\x00")] {
        let expected = [b"R\x80\x00", &[b'x'; 0x8000][..], head, &vec![b'x'; left]].concat();
        check_written_text(
            &"x".repeat(0x8000 + left),
            &expected,
            "The last chunk of a long text was not written as it should be",
        );
    }
}

#[test]
fn a_pair_is_not_cut() {
    // The first and the last that are pairs at all, and some between.
    for char in ["😀", "\u{10000}", "\u{103ff}", "\u{20000}", "\u{fffff}", "\u{10ffff}"] {
        let pair = cesu8(char);
        for (before, behind, chunks) in [
            // A pair across the border, one that ends there, and one that begins there.
            (
                0x7FFF,
                "y",
                vec![(&b"R\x7f\xff"[..], 0x7FFF, vec![]), (b"\x03", 0, [&pair[..], b"y"].concat())],
            ),
            (0x7FFE, "", vec![(b"S\x80\x00", 0x7FFE, pair.clone())]),
            (0x7FFE, "y", vec![(b"R\x80\x00", 0x7FFE, pair.clone()), (b"\x01", 0, b"y".to_vec())]),
            (0x8000, "", vec![(b"R\x80\x00", 0x8000, vec![]), (b"\x02", 0, pair.clone())]),
        ] {
            let text = "x".repeat(before) + char + behind;
            let expected: Vec<u8> = chunks
                .iter()
                .flat_map(|(head, count, rest)| [head, &vec![b'x'; *count][..], rest].concat())
                .collect();
            let [high, low] = [0, 1].map(|at| char.encode_utf16().nth(at).expect("it is a pair"));
            let behind = if behind.is_empty() { "" } else { ", then y" };
            check_written_text(
                &text,
                &expected,
                &format!("{before} times x, then {char:?} ({high:04x} and {low:04x}){behind}"),
            );
        }
    }
    // The last and the first that are no halves are cut like any other.
    for char in ["\u{d7ff}", "\u{e000}"] {
        let expected = [&b"R\x80\x00"[..], &[b'x'; 0x7FFF], &cesu8(char), b"\x01y"].concat();
        let text = "x".repeat(0x7FFF) + char + "y";
        check_written_text(
            &text,
            &expected,
            &format!("32767 times x, then {char:?}, which is no pair, then y"),
        );
    }
    // Nothing but pairs, over three chunks.
    let (text, pair) = ("x".to_owned() + &"😀".repeat(40_000), cesu8("😀"));
    let expected = [
        b"R\x7f\xffx",
        &pair.repeat(0x3FFF)[..],
        b"R\x80\x00",
        &pair.repeat(0x4000),
        b"S\x38\x82",
        &pair.repeat(40_000 - 0x7FFF),
    ]
    .concat();
    check_written_text(&text, &expected, "A long text of pairs was cut in the wrong places");
}

// ---- texts, read ----

#[track_caller]
fn check_read_text(bytes: &[u8], expected: &str, symptom: &str) {
    let message = [bytes, &[BEHIND]].concat();
    let (got, at) = read_string(&message);
    let end = BEFORE.len() + bytes.len();
    let because = match &got {
        Ok(got) if got == expected && at == end => return,
        Ok(got) if got == expected => {
            "The text is right. But you have to stop behind its last byte: the next value begins there."
        }
        Ok(got) if expected.starts_with(got.as_str()) || at < end => {
            "A part of it was not read. Behind an 'R' another chunk of the same text comes; and a length of n \
             means n units, however many bytes they are."
        }
        Ok(_) => {
            "`read_unit` gives units of 16 bits. Two of them may be one character: `char::decode_utf16`."
        }
        Err(Error::LoneSurrogate { .. }) => {
            "Each half has its partner. Collect the units of all chunks first, then make characters of them: \
             a pair may be in two chunks, if somebody else wrote them."
        }
        Err(Error::Unexpected { .. }) => {
            "`read_head` knows all of the heads: let it read the first byte. And it says whether a chunk was \
             the last: all are but an 'R'."
        }
        Err(Error::End { .. }) => "The length counts units, not bytes, and all of them are there.",
        Err(_) => "Everything is right with this text.",
    };
    let shown = match &got {
        Ok(got) => format!("Ok, {}", named(got)),
        Err(error) => format!("Err({error:?})"),
    };
    Failure::new(symptom)
        .show("the message (the text begins at byte 2)", drawn(&[&BEFORE[..], &message].concat()))
        .expected(format_args!("Ok, {}, and {end} bytes read", named(expected)))
        .got(format_args!("{shown}, and {at} bytes read"))
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn texts_are_read_as_java_writes_them() {
    for (text, bytes) in java_texts() {
        check_read_text(&bytes, &text, "A text that Java has written was not read.");
    }
    for (bytes, text) in [
        (&b"\x30\x01a"[..], "a"),
        (b"S\x00\x01a", "a"),
        (b"S\x00\x00", ""),
        (b"\x30\x00", ""),
        (b"\x05na\xc3\xafve", "naïve"),
        (b"\x03\x7f\xc2\x80\xdf\xbf", "\u{7f}\u{80}\u{7ff}"),
        (b"\x03\xe0\xa0\x80\xef\xbf\xbf\x00", "\u{800}\u{ffff}\0"),
        (b"\x04\xed\xa0\x80\xed\xb0\x80\xed\xaf\xbf\xed\xbf\xbf", "\u{10000}\u{10ffff}"),
        (b"\x03a\xed\xa0\xbd\xed\xb8\x80", "a😀"),
    ] {
        check_read_text(bytes, text, "A text was not read.");
    }
}

#[test]
fn chunks_are_one_text() {
    for (bytes, text) in [
        (&b"R\x00\x01a\x01b"[..], "ab"),
        (b"R\x00\x02abR\x00\x01cS\x00\x01d", "abcd"),
        (b"R\x00\x01a\x00", "a"),
        (b"R\x00\x00\x01a", "a"),
        (b"R\x00\x00R\x00\x00\x00", ""),
        (b"R\x00\x01\xe4\xb8\xad\x30\x01\xe6\x96\x87", "中文"),
        (b"R\x00\x01\xed\xa0\xbd\x01\xed\xb8\x80", "😀"),
        (b"R\x00\x02a\xed\xa0\xbdR\x00\x00\x02\xed\xb8\x80b", "a😀b"),
    ] {
        check_read_text(bytes, text, "A text came in several chunks.");
    }
}

#[test]
fn chunks_may_be_many() {
    let symptom = "A text came in several chunks, and most of them were empty.";
    check_read_text(b"R\x00\x00R\x00\x00\x01a", "a", symptom); // a simpler mistake speaks for itself
    let many = [&b"R\x00\x00".repeat(100_000)[..], b"\x01a"].concat();
    if a_process_survives("chunks_may_be_many") {
        check_read_text(&many, "a", symptom);
        return;
    }
    Failure::new("Your `read_string` overflowed its stack, and the whole process was gone.")
        .show("the message (the text begins at byte 2)", drawn(&[&BEFORE[..], &many].concat()))
        .expected("Ok, \"a\": 100,000 chunks without a unit, and one with one")
        .got("a process that is dead, with everything else that it was doing")
        .because(
            "Of chunks there may be as many as anybody likes: 300 KB of empty ones are enough for your stack, \
             if you call yourself for each. A loop needs no stack.",
        )
        .page(PAGE)
        .raise();
}

#[test]
fn every_text_comes_back() {
    let mut numbers = Numbers(8);
    for round in 0..300_usize {
        let length = [0, 1, 5, 31, 33, 500, 1100][round % 7];
        let mut text: String = (0..length).map(|_| any_char(&mut numbers)).collect();
        if round % 100 == 99 {
            text = text.repeat(40 + round);
        }
        let mut bytes = Vec::new();
        ch03_codec::hessian::text::write(&mut bytes, &text);
        check_written_text(
            &text,
            &bytes,
            "Your writer and the chapter's do not agree (begin with the tests about writing)",
        );
        check_read_text(&bytes, &text, "A text was not read as the chapter reads it.");
    }
}

fn any_char(numbers: &mut Numbers) -> char {
    let bits = [7, 11, 16, 20][(numbers.next() % 4) as usize];
    loop {
        if let Some(char) = char::from_u32((numbers.next() % (1 << bits)) as u32) {
            return char;
        }
    }
}

#[track_caller]
fn check_refused(bytes: &[u8], symptom: &str, expected: &str, because: &str) {
    let (got, _) = read_string(bytes);
    let got = match got {
        Ok(text) => format!("Ok({text:?})"),
        Err(error) => format!("Err({error:?})"),
    };
    if got != expected {
        Failure::new(symptom)
            .show("the message (the text begins at byte 2)", drawn(&[&BEFORE[..], bytes].concat()))
            .expected(expected)
            .got(got)
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn half_a_character_is_refused() {
    for (bytes, unit) in [
        (&b"\x01\xed\xa0\xbd"[..], 0xD83D),
        (b"\x01\xed\xb8\x80", 0xDE00),
        (b"\x03a\xed\xa0\xbdb", 0xD83D),
        (b"\x02\xed\xb8\x80\xed\xa0\xbd", 0xDE00),
        (b"\x03\xed\xa0\xbd\xed\xa0\xbd\xed\xb8\x80", 0xD83D),
        (b"R\x00\x01\xed\xa0\xbd\x01b", 0xD83D),
        (b"R\x00\x01\xed\xa0\xbd\x00", 0xD83D),
    ] {
        check_refused(
            bytes,
            "Half of a pair came without the other half.",
            &format!("Err({:?})", Error::LoneSurrogate { at: 2, unit }),
            "A Rust text cannot hold half a character, and a sign in its place would be another text. `at` is \
             where the text begins, `unit` the half: `unpaired_surrogate()` of the error that \
             `char::decode_utf16` gives.",
        );
    }
}

#[test]
fn another_value_is_no_text() {
    let tags = (0..=255_u8).filter(|tag| !matches!(tag, 0x00..=0x1F | 0x30..=0x33 | b'R' | b'S'));
    for tag in tags {
        check_refused(
            &[tag, 0, 0],
            "Another value came, and it was not refused as it should be.",
            &format!("Err({:?})", Error::Unexpected { at: 2, tag, expected: "a text" }),
            "`read_head` says so itself: hand its error on with `?`. (4e is null, which is no empty text.)",
        );
    }
    check_refused(
        b"R\x00\x01a\x97",
        "A chunk came, and behind it an int instead of the next chunk.",
        &format!("Err({:?})", Error::Unexpected { at: 6, tag: 0x97, expected: "a text" }),
        "'R' promises another chunk. Without it the text is not all there.",
    );
}

#[test]
fn a_text_that_breaks_off_is_an_end() {
    for whole in [
        &b"\x02ab"[..],
        b"\x30\x02ab",
        b"S\x00\x01a",
        b"R\x00\x01a\x01b",
        b"\x02\xed\xa0\xbd\xed\xb8\x80",
        b"R\x00\x01\xed\xa0\xbd\x01\xed\xb8\x80",
    ] {
        for cut in 0..whole.len() {
            let (got, _) = read_string(&whole[..cut]);
            let end = BEFORE.len() + cut;
            if !matches!(got, Err(Error::End { at, .. }) if at == end) {
                Failure::new("The message ends in the middle of a text.")
                    .show("the message", drawn(&[&BEFORE[..], &whole[..cut]].concat()))
                    .expected(format_args!("Err(End {{ at: {end}, … }})"))
                    .got(format_args!("{got:?}"))
                    .because(
                        "`read_head` and `read_unit` say so themselves: hand their errors on with `?`. Half a \
                         text is no text.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn what_is_no_character_is_refused() {
    for (bytes, at) in [
        (&b"\x01\x80"[..], 3),
        (b"\x01\xbf", 3),
        (b"\x02a\xff", 4),
        (b"\x01\xf0\x9f\x98\x80", 3),
        (b"\x01\xc3a", 3),
        (b"\x01\xc3\xc3", 3),
        (b"\x01\xe4\xb8a", 3),
        (b"\x01\xe4\x7f\x80", 3),
        (b"\x01\xc0\x80", 3),
        (b"\x01\xc1\xbf", 3),
        (b"\x01\xe0\x80\x80", 3),
        (b"\x01\xe0\x9f\xbf", 3),
    ] {
        check_refused(
            bytes,
            "These bytes are no character.",
            &format!("Err({:?})", Error::NotUtf8 { at }),
            "`read_unit` says so itself: hand its error on with `?`.",
        );
    }
}
