//! # Spec of 02-05: skip what you do not know
//!
//! A header that is full can never say anything new. So this one ends where its length field says, and
//! between byte 24 and that end there is room for what nobody has thought of yet. A reader of today steps
//! over it: the length tells him how far. That is how the two ends get new at different times.
//!
//! Some news must not be stepped over. "This body is encrypted" is nothing to ignore. For such the sender
//! sets one bit, *critical*, and a reader who does not know the number refuses the frame.
//!
//! Nothing here trusts the bytes: each length is a claim of a stranger.

mod harness;

use ch02_protocol::error::ExtensionFault::{self, Overruns, Twice, Zero};
use ch02_protocol::{DecodeError, Extensions};
use harness::{Found, Numbers, PAGE, check, count, drawn, find, next_extension, unknown_critical};
use spec_kit::Failure;

/// Number 3 "gray", then number 50 "later".
const TWO: &[u8] = b"\x03\0\x04gray\x32\0\x05later";

// ---- one extension ----

#[test]
fn one_extension_comes_off_the_front() {
    let got = next_extension(TWO);
    let expected = Found { number: 3, critical: false, value: b"gray".to_vec(), rest: 8 };
    let because = match &got {
        Ok(got) if *got == expected => return,
        Ok(got) if got.value == b"g" => {
            "The length counts the value, and neither the type nor itself: 4 for \"gray\". You took three \
             bytes off it."
        }
        Ok(got) if got.value == expected.value => {
            "The value is right. What comes behind it begins after the value's last byte."
        }
        Ok(_) => "One byte of type, two of length, big endian, then the value.",
        Err(_) => "All of it is there: 3 bytes of type and length, 4 of value.",
    };
    Failure::new("Two extensions came, and you were to take the first one off.")
        .show("the extensions", drawn(TWO))
        .expected(format_args!("Ok({expected:?})"))
        .got(format_args!("{got:?}"))
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn the_length_has_two_bytes() {
    let bytes = [&b"\x05\x01\x2c"[..], &[b'x'; 300], b"\x06\0\x01y"].concat();
    let got = next_extension(&bytes).map(|found| (found.value.len(), found.rest));
    if got != Ok((300, 4)) {
        let because = match got {
            Ok((44, _)) => "You looked at the second byte of the length only.",
            Ok((1, _)) => "You looked at the first byte of the length only.",
            Err(Overruns { needs: 11_268, .. }) => "You read the length backwards: 2c 01 would be 11,265.",
            _ => "01 2c is 300: two bytes, the larger one first.",
        };
        Failure::new("A value of 300 bytes was not read as such.")
            .show("the extensions", drawn(&bytes))
            .expected("Ok((300, 4)): so many bytes of value, so many behind it")
            .got(format_args!("{got:?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn the_critical_bit_is_not_a_part_of_the_number() {
    for (kind, number, critical) in [
        (0x03, 3, false),
        (0x83, 3, true),
        (0x7F, 127, false),
        (0xFF, 127, true),
        (0, 0, false),
        (0x80, 0, true),
    ] {
        let bytes = [kind, 0, 1, b'x'];
        let got = next_extension(&bytes).map(|found| (found.number, found.critical));
        if got != Ok((number, critical)) {
            Failure::new(format_args!("The type {kind:#04x} is one bit and a number of seven bits."))
                .show("the extension", drawn(&bytes))
                .expected(format_args!("number {number}, critical: {critical}"))
                .got(format_args!("{got:?}"))
                .because(match got {
                    Ok(_) => {
                        "Bit 7, `CRITICAL`, says how important it is; the other seven say which it is. \
                         `kind & CRITICAL` is the one, `kind & !CRITICAL` the other."
                    }
                    Err(_) => {
                        "All of it is there. Whether there may be such a number is the business of \
                        `check`."
                    }
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_extension_that_overruns_is_refused() {
    for (bytes, needs) in [
        (&b""[..], 3),
        (b"\x03", 3),
        (b"\x03\0", 3),
        (b"\x03\0\x01", 4),
        (b"\x03\0\x04gra", 7),
        (b"\x03\xff\xffgray", 65_538),
    ] {
        let got = next_extension(bytes);
        let expected = Err(Overruns { needs, left: bytes.len() });
        if got != expected {
            Failure::new("What is left of the header is shorter than the extension that begins there.")
                .show("what is left of the header", drawn(bytes))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(match got {
                    Ok(_) => {
                        "Half a value is no value. To take what is there would make \"gra\" out of \
                         \"gray\", and behind the header the body begins: it is not yours to read."
                    }
                    Err(_) => {
                        "`needs` counts type, length and value (3 when not even type and length are there), \
                         `left` what there is."
                    }
                })
                .page(PAGE)
                .raise();
        }
    }
}

// ---- all of them ----

#[test]
fn what_is_well_formed_is_taken() {
    for (what, bytes) in [
        ("none at all", &b""[..]),
        ("one that this version knows", b"\x03\0\x04gray"),
        ("one that nobody knows yet", b"\x5a\0\x05later"),
        ("a critical one that nobody knows yet", b"\xda\0\x05later"),
        ("a known one and two unknown ones", b"\x5a\0\x01a\x03\0\x04gray\xdb\0\x01b"),
        ("the smallest number and the largest", b"\x01\0\x01a\x7f\0\x01b"),
    ] {
        let got = check(bytes);
        if got.is_err() {
            Failure::new(format_args!("A header was refused whose extensions are well-formed: {what}."))
                .show("the extensions", drawn(bytes))
                .expected("Ok(())")
                .got(format_args!("{got:?}"))
                .because(if bytes.is_empty() {
                    "No bytes, no extensions: so it is in most headers, which are 24 bytes long. All of the \
                     room is filled."
                } else {
                    "`check` looks at the form: does each fit, is no number 0, does none come twice. Who \
                     does not know a number steps over it, or the first client with something new to say is \
                     cut off by every server. (A critical one is the business of `unknown_critical`.)"
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn they_fill_the_header_exactly() {
    for (bytes, at, needs, left) in [
        (&b"\x03\0\x04gray\x32"[..], 31, 3, 1),
        (b"\x03\0\x04gray\x32\0\x05late", 31, 8, 7),
        (b"\x03\0\x04gray\x32\0\x05later\0\0", 39, 3, 2),
        (b"\x03\0\x05gray", 24, 8, 7),
    ] {
        check_bad(
            "The last extension does not end where the header ends.",
            bytes,
            at,
            Overruns { needs, left },
            "They must fill the room to the last byte: whatever is left over is the beginning of something \
             that was cut off. `at` is where that begins, counted from the `y` of the magic number.",
        );
    }
}

#[test]
fn number_zero_is_none() {
    for (bytes, at) in
        [(&b"\0\0\0"[..], 24), (b"\x80\0\0", 24), (b"\x03\0\x04gray\0\0\x01x", 31), (&[0; 30], 24)]
    {
        check_bad(
            "There is no extension number 0.",
            bytes,
            at,
            Zero,
            "A block of zeros is the most common rubbish there is. With a number 0 it would be a list of \
             empty extensions. (0x80 is number 0, too, and critical.)",
        );
    }
}

#[test]
fn none_comes_twice() {
    for (bytes, at, number) in [
        (&b"\x03\0\x04gray\x03\0\x04gold"[..], 31, 3),
        (b"\x03\0\x04gray\x83\0\x04gold", 31, 3),
        (b"\x83\0\x04gray\x03\0\x04gold", 31, 3),
        (b"\x5a\0\x01a\x03\0\x01b\x5a\0\x01a", 32, 90),
        (b"\x7f\0\x01a\xff\0\x01b", 28, 127),
        (b"\x01\0\x01a\x01\0\x01b", 28, 1),
    ] {
        check_bad(
            &format!("Extension {number} comes twice."),
            bytes,
            at,
            Twice { number },
            "A proxy that takes the first one and a server that takes the last one see two different \
             requests: \"gray\" gets in, \"gold\" is served. So twice is wrong, even for a number that \
             nobody knows; critical or not, the number is the same.",
        );
    }
}

#[test]
fn all_127_numbers_fit_once() {
    for (value, twice_at) in [(0, 405), (30, 4215)] {
        let one = |number: u8| [&[number, 0, value][..], &vec![b'x'; value.into()]].concat();
        let once: Vec<u8> = (1..=127).flat_map(one).collect();
        let got = check(&once);
        if got != Ok(()) {
            Failure::new("All 127 numbers came, each of them once, and they were refused.")
                .show(format_args!("the extensions ({} bytes)", once.len()), drawn(&once))
                .expected("Ok(())")
                .got(format_args!("{got:?}"))
                .because(match got {
                    Err(DecodeError::BadExtension { reason: Twice { .. }, .. }) => {
                        "Each number needs a place of its own where you remember it. One bit for two numbers \
                         is what a mask gives you that is too small: in 32 bits 33 falls onto 1, in 64 bits \
                         65 does."
                    }
                    _ => {
                        "Each of them fits, none has number 0, none comes twice. How many there may be, and \
                         how long, is not the business of `check`."
                    }
                })
                .page(PAGE)
                .raise();
        }
        check_bad(
            "All 127 numbers came once, and behind them number 1 came again.",
            &[once, one(1)].concat(),
            twice_at,
            Twice { number: 1 },
            // What is short enough to be looked at whole comes first, so the long one fails for its length.
            if value == 0 {
                "Number 1 stood at the very beginning, 126 others ago. Remember all of them, not the last \
                 few."
            } else {
                "With empty values you found it, and here it stands further behind. `check` has no limit of \
                 its own: look at all of the bytes, to the last."
            },
        );
    }
}

#[test]
fn the_first_fault_counts() {
    for (what, bytes, at, reason) in [
        ("number 0, then one twice", &b"\0\0\x01x\x03\0\x01a\x03\0\x01b"[..], 24, Zero),
        ("one twice, then one cut short", b"\x03\0\x01a\x03\0\x01b\x04\0\x09x", 28, Twice { number: 3 }),
        ("number 0, and cut short", b"\0\0\x09x", 24, Overruns { needs: 12, left: 4 }),
        ("twice, and cut short", b"\x03\0\x01a\x03\0\x09x", 28, Overruns { needs: 12, left: 4 }),
    ] {
        check_bad(
            &format!("Two things are wrong: {what}."),
            bytes,
            at,
            reason,
            "From front to back, and stop at the first fault. Of one extension, look whether it fits before \
             you look at its number: what does not fit is no extension at all.",
        );
    }
}

#[test]
fn an_empty_value_is_a_value() {
    const EMPTY: &[u8] = b"\x05\0\0\x86\0\0\x07\0\x01x";
    // The same with a value in each. Whoever is wrong here as well is not wrong for the empty values.
    const FULL: &[u8] = b"\x05\0\x01x\x86\0\x01x\x07\0\x01x";
    /// What is asked, as text, and so is the answer.
    type Ask = fn(&[u8]) -> String;
    let rest: Ask = |bytes| format!("{:?}", next_extension(bytes).map(|found| (found.number, found.rest)));
    let value: Ask = |bytes| format!("{:?}", next_extension(bytes).map(|found| found.value));
    let well_formed: Ask = |bytes| format!("{:?}", check(bytes));
    let five: Ask = |bytes| format!("{:?}", find(bytes, 5));
    let seven: Ask = |bytes| format!("{:?}", find(bytes, 7));
    let eight: Ask = |bytes| format!("{:?}", find(bytes, 8));
    let knows_none: Ask = |bytes| format!("{:?}", unknown_critical(bytes, &[]));
    let knows_six: Ask = |bytes| format!("{:?}", unknown_critical(bytes, &[6]));
    for (call, ask, empty, full) in [
        ("next_extension: number, bytes behind it", rest, "Ok((5, 7))", "Ok((5, 8))"),
        ("next_extension: value", value, "Ok([])", "Ok([120])"),
        ("check", well_formed, "Ok(())", "Ok(())"),
        ("find number 5", five, "Some([])", "Some([120])"),
        ("find number 7", seven, "Some([120])", "Some([120])"),
        ("find number 8", eight, "None", "None"),
        ("unknown_critical, known: []", knows_none, "Some(6)", "Some(6)"),
        ("unknown_critical, known: [6]", knows_six, "None", "None"),
    ] {
        let got = ask(EMPTY);
        if got != empty {
            Failure::new("Two of three extensions have no value. They say enough by being there.")
                .show("the extensions", drawn(EMPTY))
                .show("what was called", call)
                .expected(empty)
                .got(got)
                .because(if ask(FULL) == full {
                    "A length of 0 is a length like any other: no byte of value, and three bytes to step \
                     over."
                } else {
                    "It is not for the empty values: with a byte in each of them your answer is wrong, too. \
                     Other tests look at that alone; begin with those that are red."
                })
                .page(PAGE)
                .raise();
        }
    }
}

// ---- what they mean ----

#[test]
fn what_is_not_critical_is_stepped_over() {
    let bytes = b"\x32\0\x05later\x33\0\x01x\x83\0\x04gray";
    for known in [&[1, 2, 3][..], &[3]] {
        let got = unknown_critical(bytes, known);
        if got.is_some() {
            Failure::new("A frame would be refused for something that need not be known.")
                .show("the extensions", drawn(bytes))
                .expected(format_args!("None: 50 and 51 are not critical, and 3 is in {known:?}"))
                .got(format_args!("{got:?}"))
                .because(
                    "Without the critical bit, whoever does not know a number acts as if it were not there. \
                     With the bit, a number in `known` is fine.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn an_unknown_critical_one_is_named() {
    // 1 critical, 50 not, 60 critical, 61 critical.
    let bytes = b"\x81\0\x01a\x32\0\x01b\xbc\0\x01c\xbd\0\x01d";
    for (known, expected) in [
        (&[1, 2, 3][..], Some(60)),
        (&[], Some(1)),
        (&[1, 60], Some(61)),
        (&[60, 61], Some(1)),
        (&[61, 60, 1], None),
    ] {
        let got = unknown_critical(bytes, known);
        if got != expected {
            Failure::new(match got {
                None => "A critical extension was stepped over by someone who does not know it.",
                Some(_) => "A critical extension is unknown, and another one was named.",
            })
            .show("the extensions", drawn(bytes))
            .show("known", format_args!("{known:?}"))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(
                "The first one that has the critical bit and is not in `known`. Numbers are without that \
                 bit, in `known` and in your answer. Does another one in front of it end your search?",
            )
            .page(PAGE)
            .raise();
        }
    }
}

#[test]
fn the_value_of_a_number_is_found() {
    let bytes = b"\x81\0\x04late\x32\0\x05\x03\0\x01?!\x03\0\x04gray\xff\0\x04last";
    for (number, expected) in [
        (1, Some("late")),
        (50, Some("\x03\0\x01?!")),
        (3, Some("gray")),
        (127, Some("last")),
        (2, None),
        (63, None),
    ] {
        let got = find(bytes, number);
        if got.as_deref() != expected.map(str::as_bytes) {
            Failure::new(format_args!("You were asked for extension {number}."))
                .show("the extensions", drawn(bytes))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{:?}", got.as_deref().map(String::from_utf8_lossy)))
                .because(
                    "Step from extension to extension, over known and unknown ones alike, and compare \
                     numbers without the critical bit. (The value of 50 holds bytes that look like number \
                     3. They are a value.)",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- whatever comes ----

#[test]
fn any_bytes_have_an_answer() {
    let mut numbers = Numbers(205);
    for _ in 0..2000 {
        let bytes = made_up(&mut numbers);
        let number = numbers.below(12) as u8;
        let known = [numbers.below(12) as u8, numbers.below(12) as u8];
        // The chapter's own, and yours.
        let theirs = Extensions::parse(bytes.clone().into());
        let (mut got, mut expected) =
            (format!("{:?}", check(&bytes)), format!("{:?}", theirs.as_ref().map(drop)));
        if let Ok(theirs) = theirs
            && got == expected
        {
            got = format!("{:?}, {:?}", find(&bytes, number), unknown_critical(&bytes, &known));
            expected = format!("{:?}, {:?}", theirs.get(number), theirs.unknown_critical(&known));
        }
        if got != expected {
            Failure::new(format_args!(
                "{}, made up by chance, and your answer is not the chapter's.",
                count(bytes.len())
            ))
            .show("the extensions", drawn(&bytes))
            .show(
                "asked for",
                format_args!("check; when that is Ok, find {number} and unknown_critical of {known:?}"),
            )
            .expected(expected)
            .got(got)
            .because("If other tests are red too, begin with them: they look at one thing at a time.")
            .page(PAGE)
            .raise();
        }
    }
}

/// Small numbers and small lengths: much of it is well-formed, and the rest nearly so.
fn made_up(numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..numbers.below(6) {
        let length = numbers.below(4);
        bytes.extend([numbers.below(12) as u8 | (numbers.next() as u8 & 0x80), 0, length as u8]);
        bytes.extend((0..length).map(|_| numbers.next() as u8));
    }
    if numbers.below(4) == 0 {
        bytes.truncate(numbers.below(bytes.len() + 1));
    }
    bytes
}

#[track_caller]
fn check_bad(symptom: &str, bytes: &[u8], at: usize, reason: ExtensionFault, because: &str) {
    let got = check(bytes);
    let expected = Err(DecodeError::BadExtension { at, reason });
    if got != expected {
        let because = match &got {
            Err(DecodeError::BadExtension { at: said, reason: right })
                if *right == reason && at > 255 && *said == at % 256 =>
            {
                format!(
                    "The fault is right, its place is not. It begins at {at}, and that does not fit into one \
                     byte: what went through a `u8` on its way is {said}."
                )
            }
            Err(DecodeError::BadExtension { at: said, reason: right }) if *right == reason => format!(
                "The fault is right, its place is not. `at` counts from the `y` of the magic number, 24 \
                 bytes before the first extension: this one begins at {at}, you say {said}."
            ),
            Err(DecodeError::BadExtension { reason: Overruns { .. }, .. })
                if matches!(reason, Overruns { .. }) =>
            {
                "`needs` counts type, length and value (3 when not even type and length are there). `left` \
                 is what there is from the beginning of that extension on."
                    .to_owned()
            }
            _ => because.to_owned(),
        };
        Failure::new(symptom)
            .show("the extensions (byte 24 of the header is 0000 here)", drawn(bytes))
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}
