//! # Spec of 03-01: varint and zigzag
//!
//! Most numbers are small: a quantity of 2, a length of 11, field number 3. Written in eight bytes each, most
//! of a message would be zeros. A varint has no fixed length: each byte says whether another one follows.
//!
//! That freedom has a price. Bytes from a stranger may never end, may say more than 64 bits, or may say a small
//! number in a long way. `read` finds out, byte by byte, and takes nothing before it knows.
//!
//! Zigzag is the other half: a negative number is a huge one to whoever looks at its bits, so its sign moves to
//! the end where it costs one bit.

mod harness;

use ch03_codec::tagged::varint::{self as theirs, VarintError};
use harness::{Answer, Numbers, PAGE, borders, drawn, left, read, unzigzag, write, write_behind, zigzag};
use spec_kit::Failure;

// ---- write ----

#[test]
fn a_small_number_is_one_byte() {
    for value in [0, 1, 2, 64, 127] {
        check_write("A number below 128 fits into seven bits, and its byte is the number itself.", value);
    }
}

#[test]
fn three_hundred_is_two_bytes() {
    check_write("300 needs nine bits: seven go into the first byte, two into the second.", 300);
}

#[test]
fn every_border_has_its_length() {
    for value in borders() {
        check_write("At a border the length changes: 127 is the last number of one byte.", value);
    }
}

#[test]
fn write_appends() {
    let got = write_behind(b"before", 300);
    if got != b"before\xac\x02" {
        let (symptom, because) = if got.starts_with(b"before") {
            (
                "There was something in `out` already, and behind it stands something else than the number.",
                "What was there is still there. The other tests of `write` look at the number alone: begin \
                 with them.",
            )
        } else {
            (
                "There was something in `out` already, and it is not what it was.",
                "`write` appends. A message is many numbers behind each other, in one buffer.",
            )
        };
        Failure::new(symptom)
            .expected(format_args!("{:02x?}: \"before\", then the number", b"before\xac\x02"))
            .got(format_args!("{got:02x?}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

// ---- read ----

#[test]
fn a_number_comes_back() {
    for value in borders() {
        let bytes = encoded(value);
        let got = read(&bytes);
        if got.said != Ok(value) {
            Failure::new(format_args!("{value} was written, and something else was read."))
                .show("the bytes", drawn(&bytes))
                .expected(format_args!("Ok({value})"))
                .got(format_args!("{:?}", got.said))
                .because(why_not(value, &bytes, &got))
                .page(PAGE)
                .raise();
        }
        if !got.left.is_empty() {
            wrong_rest(&bytes, &[], &got);
        }
    }
}

#[test]
fn what_comes_behind_stays() {
    for (bytes, value, rest) in [
        (&b"\x07next"[..], 7, &b"next"[..]),
        (b"\xac\x02\x07", 300, b"\x07"),
        (b"\x80\x01\x80\x01", 128, b"\x80\x01"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\xff\x00", u64::MAX, b"\xff\x00"),
    ] {
        let got = read(bytes);
        if got.said != Ok(value) {
            Failure::new("A number came, and something behind it.")
                .show("the bytes", drawn(bytes))
                .expected(format_args!("Ok({value}), and {}", left(rest.len())))
                .got(format_args!("{:?}", got.said))
                .because(
                    "A number ends at its first byte whose high bit is 0. What follows is not its business.",
                )
                .page(PAGE)
                .raise();
        }
        if got.left != rest {
            wrong_rest(bytes, rest, &got);
        }
    }
}

#[test]
fn a_number_that_is_cut_is_truncated() {
    for bytes in [&b"\xac"[..], b"\x80", b"\xff\xff\xff", &[0xff; 9]] {
        check_refused(
            "The input ends, and the last byte says that more will come.",
            bytes,
            VarintError::Truncated,
            "A number ends with a byte whose high bit is 0. There is none: the rest has not arrived, or \
             never will. Half a number is not a smaller number.",
        );
    }
}

#[test]
fn no_bytes_are_no_number() {
    check_refused(
        "There is not a single byte to read.",
        b"",
        VarintError::Truncated,
        "0 is a number as good as any, and it is written as one byte, 00. Nothing is not 0.",
    );
}

#[test]
fn more_than_64_bits_is_too_long() {
    for (bytes, what) in [
        (&b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"[..], "there is an eleventh byte"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", "the tenth byte holds the 65th bit"),
        (b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7e", "the tenth byte holds bits 65 to 70, and no 64th"),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "the tenth byte holds bits 64 to 70"),
        (b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x81\x00", "the tenth byte says that more will come"),
        (&[0x80; 10], "ten bytes, and all say that more will come"),
        (&[0xff; 10], "ten bytes, and all say that more will come"),
        (&[0xff; 11], "eleven bytes, and still no end"),
        (&[0x80; 1000], "a thousand bytes, and still no end"),
    ] {
        check_refused(
            &format!("This does not fit into 64 bits: {what}."),
            bytes,
            VarintError::TooLong,
            "Nine bytes carry 63 bits. The tenth has room for one: it is 0 or 1, and the last. What a shift \
             pushes out on the left is gone without a word, so two different messages would mean the same.",
        );
    }
}

#[test]
fn only_the_shortest_form_is_read() {
    for (bytes, means) in [
        (&b"\x80\x00"[..], "0 in two bytes"),
        (b"\x87\x00", "7 in two bytes"),
        (b"\xff\x80\x00", "127 in three bytes"),
        (b"\xac\x82\x00", "300 in three bytes"),
        (b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", "0 in ten bytes"),
    ] {
        check_refused(
            &format!("This is {means}, and there is a shorter form."),
            bytes,
            VarintError::NotShortest,
            "A last byte of 0 adds nothing to the number. One number, one form: otherwise two messages that \
             mean the same have different bytes, and checksums, caches and signatures tell them apart. (A \
             single 00 is the number 0.)",
        );
    }
}

#[test]
fn a_zero_in_the_middle_is_no_fault() {
    for value in [1 << 14, 1 << 21, 1 << 63, (1 << 35) | 1] {
        let (bytes, got) = (encoded(value), read(&encoded(value)));
        if got.said != Ok(value) {
            Failure::new(format_args!(
                "{value} has seven zeros in a row in the middle, and was not read as such."
            ))
            .show("the bytes", drawn(&bytes))
            .expected(format_args!("Ok({value})"))
            .got(format_args!("{:?}", got.said))
            .because(match got.said {
                Err(VarintError::NotShortest) => {
                    "Only at the end do zeros add nothing. 80 in the middle is a group like any other."
                }
                _ => why_not(value, &bytes, &got),
            })
            .page(PAGE)
            .raise();
        }
    }
}

// ---- zigzag ----

#[test]
fn small_numbers_of_either_sign_stay_small() {
    for (value, folded) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (2, 4), (-3, 5), (-64, 127), (63, 126)] {
        check_zigzag(value, folded);
    }
}

#[test]
fn the_largest_numbers_of_either_sign_fold() {
    for (value, folded) in [
        (i64::from(i32::MAX), 4_294_967_294),
        (i64::from(i32::MIN), 4_294_967_295),
        (1 << 62, 1 << 63),
        (i64::MAX, u64::MAX - 1),
        (i64::MIN + 1, u64::MAX - 2),
        (i64::MIN, u64::MAX),
    ] {
        check_zigzag(value, folded);
    }
}

#[test]
fn unzigzag_is_the_way_back() {
    // 3 first: at 1 a lost sign and a wrong half look the same.
    for folded in [3].into_iter().chain(borders()) {
        // The page says it in words: even numbers are positive, odd ones negative, both half as large.
        let half = i64::try_from(folded / 2).expect("half of it has 63 bits");
        let value = if folded % 2 == 0 { half } else { -half - 1 };
        let got = unzigzag(folded);
        if got != value {
            let because = match got {
                _ if got == (folded as i64 >> 1) ^ -((folded & 1) as i64) => {
                    "You shifted a signed number: its highest bit came along. Shift the `u64`, it fills up \
                     with zeros, and make an `i64` of it afterwards."
                }
                _ if folded % 2 == 1 && got == half => {
                    "The lowest bit is the sign, and you lost it: it was 1, so the number is negative."
                }
                _ if folded % 2 == 1 && got == -half => {
                    "Nearly: 1 is -1, not 0. There is one zero, so the negative numbers begin one later."
                }
                _ if got == -value || got == !value => {
                    "The sign is the wrong way round: 1 is -1, and 2 is 1."
                }
                _ => "One place down without the sign, then all bits turned round if the lowest was 1.",
            };
            Failure::new(format_args!("unzigzag({folded}) is not the number that was folded."))
                .show("the bits", format_args!("{folded:064b}  {folded}"))
                .expected(value)
                .got(got)
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

// ---- whatever comes ----

#[test]
fn there_and_back() {
    for value in borders() {
        let bytes = write(value);
        let got = read(&bytes);
        if got.said != Ok(value) || !got.left.is_empty() {
            Failure::new("What your `write` writes, your `read` does not read. [S-01]")
                .show("your bytes", drawn(&bytes))
                .expected(format_args!("Ok({value}), and nothing is left"))
                .got(format_args!("{:?}, and {}", got.said, left(got.left.len())))
                .because("If other tests are red too, begin with those: they look at one half at a time.")
                .page(PAGE)
                .raise();
        }
        for signed in [value as i64, (value as i64).wrapping_neg()] {
            let back = unzigzag(zigzag(signed));
            if back != signed {
                Failure::new("Folded and unfolded, and it is another number. [S-01]")
                    .expected(signed)
                    .got(back)
                    .because("If other tests are red too, begin with those: they look at one half at a time.")
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn any_bytes_have_an_answer() {
    let mut numbers = Numbers(301);
    for _ in 0..3000 {
        // Much of it is a varint of the longest kind, or nearly one.
        let more = numbers.below(12);
        let mut bytes: Vec<u8> = (0..more).map(|_| numbers.next() as u8 | 0x80).collect();
        let last = [0, 1, 2, numbers.next() as u8];
        bytes.extend((0..numbers.below(3)).map(|_| last[numbers.below(4)]));
        let mut rest = &bytes[..];
        let said = theirs::read(&mut rest);
        let (expected, got) = (Answer { said, left: rest.to_vec() }, read(&bytes));
        if got != expected {
            Failure::new("Bytes made up by chance, and your answer is not the chapter's.")
                .show("the bytes", drawn(&bytes))
                .expected(in_words(&expected))
                .got(in_words(&got))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
}

fn in_words(answer: &Answer) -> String {
    format!("{:?}, and {}", answer.said, left(answer.left.len()))
}

fn encoded(value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    theirs::write(value, &mut bytes);
    bytes
}

#[track_caller]
fn check_write(symptom: &str, value: u64) {
    let (expected, got) = (encoded(value), write(value));
    if got == expected {
        return;
    }
    let last = expected.len() - 1;
    let mut backwards: Vec<u8> = expected.iter().rev().map(|byte| byte | 0x80).collect();
    backwards[last] &= 0x7f;
    let because = if got.is_empty() {
        "You wrote nothing at all. 0 is a number, too: every number has at least one byte.".to_owned()
    } else if got == backwards || (last > 0 && got.iter().rev().eq(&expected)) {
        "The groups are in the wrong order. The lowest seven bits go first: so the writer shifts right and \
         needs not know how long it gets."
            .to_owned()
    } else if got.iter().zip(&expected).all(|(got, expected)| got ^ expected == 0x80)
        && got.len() == expected.len()
    {
        "The high bits are the wrong way round: 1 says that more will come, 0 that this is the end."
            .to_owned()
    } else if got.len() < expected.len() && got[..] == expected[..got.len()] {
        "The last byte is missing. What you wrote ends with a byte that says that more will come. Look at \
         the border: is 128 still below it?"
            .to_owned()
    } else if got.starts_with(&[expected[0] & 0x7f]) && last > 0 {
        "No byte says that more will come. So the reader takes the first byte for the whole number."
            .to_owned()
    } else if got.last().is_some_and(|byte| byte & 0x80 != 0) {
        "Your last byte says that more will come, and nothing does. The last byte has a high bit of 0."
            .to_owned()
    } else if got.len() > expected.len() && got.last() == Some(&0) {
        format!(
            "That is longer than it must be: the last byte adds nothing. {value} needs {} of them.",
            expected.len()
        )
    } else if got == value.to_le_bytes() || got == value.to_be_bytes() {
        "Those are the eight bytes of the `u64` as they lie in memory. A varint takes seven bits at a time, \
         and stops when nothing is left."
            .to_owned()
    } else {
        "Seven bits a byte, the lowest seven first. The high bit is 1 in every byte but the last.".to_owned()
    };
    Failure::new(symptom)
        .show(format_args!("{value} should be"), drawn(&expected))
        .show("you wrote", drawn(&got))
        .because(because)
        .page(PAGE)
        .raise()
}

/// Why `bytes`, a good varint of `value`, were not read as such.
fn why_not(value: u64, bytes: &[u8], answer: &Answer) -> &'static str {
    let groups = || bytes.iter().map(|byte| u64::from(byte & 0x7f));
    let backwards = groups().fold(0u64, |sum, group| sum.wrapping_shl(7) | group);
    match &answer.said {
        Ok(got) if *got == backwards => {
            "You put the groups together from the wrong end: the first byte holds the lowest seven bits."
        }
        Ok(got) if *got == u64::from(value as u32) => {
            "The upper half is gone: somewhere on the way the number was a `u32`. Widen each byte before you \
             shift it."
        }
        Ok(got) if *got == u64::from(bytes[0] & 0x7f) && answer.left.is_empty() => {
            "All bytes were taken, and only the first is in the number. A `u8` that is shifted up by seven \
             is empty: make a `u64` of it first, then shift."
        }
        Ok(got) if *got == u64::from(bytes[0]) || *got == u64::from(bytes[0] & 0x7f) => {
            "You stopped after the first byte. Its high bit is 1: more will come."
        }
        Ok(_) => "Each byte brings seven bits; byte number i goes 7 × i places up, without its high bit.",
        Err(VarintError::Truncated) => "Nothing is missing: the last byte has a high bit of 0.",
        Err(VarintError::TooLong) => {
            "Ten bytes are allowed: nine with seven bits each, and a tenth that is 0 or 1. That is 64 bits."
        }
        Err(VarintError::NotShortest) => {
            "There is no shorter form. A last byte of 0 would add nothing; this one adds something, or is \
             the only one."
        }
    }
}

#[track_caller]
fn wrong_rest(bytes: &[u8], rest: &[u8], got: &Answer) -> ! {
    Failure::new("The number is right; what is left of the input is not.")
        .show("the bytes", drawn(bytes))
        .expected(left(rest.len()))
        .got(left(got.left.len()))
        .because(if got.left.len() == bytes.len() {
            "You took nothing. `input` is a place that holds a slice: `*input = …` puts a shorter one there."
        } else {
            "Take exactly the bytes of this number: the next value begins with the next byte."
        })
        .page(PAGE)
        .raise()
}

#[track_caller]
fn check_refused(symptom: &str, bytes: &[u8], expected: VarintError, because: &str) {
    let got = read(bytes);
    if got.said != Err(expected) {
        let because = match (got.said, expected) {
            (Err(VarintError::Truncated), VarintError::TooLong) if bytes.len() >= 10 => {
                "It is not the end of the input that is wrong with it. Whoever waits for the rest waits for \
                 a number that will never fit. The tenth byte tells."
            }
            (Err(VarintError::TooLong), VarintError::Truncated) => {
                "So far it is no longer than it may be. What is wrong with it is that it ends."
            }
            _ => because,
        };
        Failure::new(symptom)
            .show("the bytes", drawn(bytes))
            .expected(format_args!("Err({expected:?})"))
            .got(format_args!("{:?}", got.said))
            .because(because)
            .page(PAGE)
            .raise();
    }
    if got.left != bytes {
        Failure::new(format_args!("It was refused as {expected:?}, and bytes of it are gone."))
            .show("the bytes", drawn(bytes))
            .expected(format_args!("{}: all of it", left(bytes.len())))
            .got(left(got.left.len()))
            .because(
                "After an error `input` is as it was. So the caller can say where the bad number begins, and \
                 can try again when more has arrived. Change `*input` once, as the last thing you do.",
            )
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
fn check_zigzag(value: i64, folded: u64) {
    let got = zigzag(value);
    if got == folded {
        return;
    }
    let because = match got {
        _ if got == (value as u64) << 1 => {
            "You moved the bits up, and did nothing with the sign. Of a negative number all bits are turned \
             round: `^` with all ones does that."
        }
        _ if got == ((value as u64) << 1) ^ (value as u64 >> 63) => {
            "`value >> 63` must be all ones for a negative number. Of an `i64` it is: the sign is copied \
             into every place. Of a `u64` it is 1, because zeros come in. Make a `u64` of it last."
        }
        _ if got == value.unsigned_abs() << 1 || got == (value.unsigned_abs() << 1) + 1 => {
            "Even numbers are positive, odd ones negative, and -1 is 1, not 3: there is one zero, so the \
             negative numbers begin one later."
        }
        _ if got == ((value << 1) ^ (value >> 31)) as u64 => {
            "An `i64` has 64 places. Only a shift by 63 leaves nothing of it but the sign."
        }
        _ if got == folded & u64::from(u32::MAX) => "Only 32 bits of it are left.",
        _ => "One place up, and then all bits turned round if the number is negative.",
    };
    Failure::new(format_args!("zigzag({value}) is not the folded number."))
        .show("the number's bits", format_args!("{value:064b}"))
        .expected(folded)
        .got(got)
        .because(because)
        .page(PAGE)
        .raise();
}
