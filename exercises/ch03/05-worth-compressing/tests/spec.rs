//! # Spec of 03-05: compress when it helps
//!
//! Compression is a bargain that can go wrong. It costs time on both sides, always. What it saves depends on the
//! body: a list of orders becomes a fifth, forty bytes of it become fifty, a picture stays as long as it was.
//! So nobody compresses everything. Whoever writes a body tries, looks at what came out, and says in the header
//! what was done; whoever reads it believes that byte and nothing else.

mod harness;

use std::sync::Arc;

use ch03_codec::compress::{Deflate, Gzip, Policy, Zlib};
use ch03_codec::{Compressor, CompressorTable};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use harness::{PAGE, Press, Sent, accepted, deflate, in_bytes, noise, orders, pack, pack_real, unpacked};
use spec_kit::Failure;

// ---- deflate ----

#[test]
fn what_goes_in_comes_out() {
    for (what, body) in [
        ("a short text", b"two teas".to_vec()),
        ("no bytes at all", vec![]),
        ("one byte", vec![7]),
        ("100,000 times the same", vec![b'x'; 100_000]),
        ("5000 bytes of noise", noise(5000)),
        ("1000 orders", orders(1000)),
    ] {
        for level in [0, 1, 6, 9] {
            let got = unpacked(&deflate(&body, level), &body, what);
            if got != body {
                Failure::new(format_args!("Other bytes came out than went in: {what}."))
                    .expected(in_bytes(body.len()))
                    .got(format_args!("{}, and they are not the same", in_bytes(got.len())))
                    .because("`write` may take a part only, and says how much. `write_all` takes everything.")
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn the_level_is_what_the_caller_says() {
    let body = orders(300);
    for level in 0..=9 {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        std::io::Write::write_all(&mut encoder, &body).expect("a Vec takes everything");
        let expected = encoder.finish().expect("a Vec takes everything").len();
        let packed = deflate(&body, level);
        unpacked(&packed, &body, "300 orders"); // who has lost the end has not compressed it better
        let got = packed.len();
        if got != expected {
            Failure::new(format_args!("Level {level} was asked for, and you compressed in another way."))
                .show("the body", format_args!("300 orders, {} bytes", body.len()))
                .expected(in_bytes(expected))
                .got(in_bytes(got))
                .because(
                    "`Compression::new(level)` is the level that the caller has chosen: 0 does not try at \
                     all, 9 tries hard. And give the encoder everything before it ends: each `flush` on the \
                     way costs bytes.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

// ---- pack ----

const POLICY: Policy = Policy { threshold: 100, at_most_percent: 90 };

fn policy(policy: Policy) -> String {
    let percent = match policy.at_most_percent {
        usize::MAX => "usize::MAX".to_owned(),
        percent => percent.to_string(),
    };
    format!("threshold {}, at most {percent} per cent", policy.threshold)
}

/// The body must go out as it is, because of `cause`.
#[track_caller]
fn goes_raw(how: Policy, length: usize, gives: usize, symptom: &str, cause: &str) -> Sent {
    let sent = pack(how, length, gives);
    if !sent.is_raw() {
        Failure::new(symptom)
            .show("the policy", policy(how))
            .show("the body", format_args!("{}; compressed it has {}", in_bytes(length), in_bytes(gives)))
            .expected(format_args!("id 0, the body ({})", in_bytes(length)))
            .got(&sent)
            .because(why(&sent, cause))
            .page(PAGE)
            .raise();
    }
    sent
}

/// The body must go out compressed, because of `cause`.
#[track_caller]
fn goes_compressed(how: Policy, length: usize, gives: usize, symptom: &str, cause: &str) {
    let sent = pack(how, length, gives);
    if !sent.is_compressed() {
        Failure::new(symptom)
            .show("the policy", policy(how))
            .show("the body", format_args!("{}; compressed it has {}", in_bytes(length), in_bytes(gives)))
            .expected(format_args!("id 9, what the compressor gave ({})", in_bytes(gives)))
            .got(&sent)
            .because(why(&sent, cause))
            .page(PAGE)
            .raise();
    }
}

/// A header that lies is another mistake than a wrong choice.
fn why<'a>(sent: &Sent, cause: &'a str) -> &'a str {
    match (sent.packed.compressor, sent.bytes_are_compressed(), sent.asked.is_empty()) {
        (0, true, false) | (1.., false, _) => LIES,
        _ => cause,
    }
}

const LIES: &str = "The id and the bytes do not belong together. Whoever reads it has that byte and nothing \
                    else: he would unpack what was never packed, or take compressed bytes for a value.";

#[test]
fn a_short_body_is_sent_as_it_is() {
    let symptom = "A body below the threshold was not sent as it is.";
    let cause = "From `threshold` bytes on a body is compressed; with fewer it is not. Do not even try.";
    for length in [0, 1, 50, 99] {
        goes_raw(POLICY, length, 0, symptom, cause);
    }
    for length in [99, 1023] {
        let sent = goes_raw(Policy { threshold: 1024, ..POLICY }, length, 1, symptom, cause);
        if !sent.asked.is_empty() {
            Failure::new("A short body was compressed, and the result thrown away.")
                .show("the policy", policy(Policy { threshold: 1024, ..POLICY }))
                .expected(format_args!("no call of `compress` for a body of {}", in_bytes(length)))
                .got("a call")
                .because(
                    "The threshold saves time: look at the length first, and call `compress` only when it is \
                     long enough.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn from_the_threshold_on_it_is_compressed() {
    for length in [100, 101, 1000] {
        goes_compressed(
            POLICY,
            length,
            50,
            "A body that is long enough, and gets much shorter, was not sent compressed.",
            "A body of exactly `threshold` bytes is long enough. What counts there is the body, not what came \
             out.",
        );
    }
}

#[test]
fn what_saves_too_little_is_sent_raw() {
    for (length, gives, worth) in [
        (1000, 2000, false),
        (101, 100_000, false),
        (100, 90, true),
        (100, 91, false),
        (1000, 900, true),
        (1000, 901, false),
        (1000, 909, false),
        (150, 135, true),
        (150, 136, false),
        (199, 179, true),
        (199, 180, false),
        (1000, 99, true),
        (1000, 0, true),
        (100, 99, false),
        (100, 100, false),
        (100, 101, false),
    ] {
        if worth {
            goes_compressed(
                POLICY,
                length,
                gives,
                "A body that got short enough was not sent compressed.",
                "`at_most_percent` is allowed itself: of 100 bytes 90 are sent compressed. It is how much may \
                 be left, not how much must be saved. Divide nothing: 90 per cent of 150 are 135, not 90.",
            );
        } else {
            goes_raw(
                POLICY,
                length,
                gives,
                if gives > length {
                    "A body grew, and was sent so."
                } else {
                    "A body got a little shorter, and was sent compressed."
                },
                "It may have `at_most_percent` of the body's own length, and no byte more. Compare `packed * \
                 100` with `body * at_most_percent`; a division rounds down, and lets 90.9 per cent pass for \
                 90.",
            );
        }
    }
}

#[test]
fn the_header_says_what_was_done() {
    for (length, gives) in [(99, 10), (100, 10), (100, 100), (200, 100), (200, 300)] {
        let sent = pack(POLICY, length, gives);
        if !sent.is_raw() && !sent.is_compressed() {
            Failure::new("The header says something else than what was done.")
                .show("the body", format_args!("{}; compressed it has {}", in_bytes(length), in_bytes(gives)))
                .expected("id 0 and the body, or id 9 and what the compressor gave")
                .got(&sent)
                .because(LIES)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn without_a_compressor_a_body_stays_as_it_is() {
    for length in [0, 100, 5000] {
        let body = noise(length);
        let sent = pack_real(None, &body);
        if sent.compressor != 0 || sent.body != body {
            Failure::new("There is no compressor, and the body was not sent as it is.")
                .expected(format_args!("id 0, {}", in_bytes(length)))
                .got(format_args!("id {}, {}", sent.compressor, in_bytes(sent.body.len())))
                .because(
                    "`None` is what a caller gives who wants nothing compressed: id 0, and the same bytes.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_body_is_compressed_once_and_whole() {
    for (length, gives) in [(100, 10), (100, 99), (5000, 4999)] {
        let sent = pack(POLICY, length, gives);
        let lengths: Vec<usize> = sent.asked.iter().map(Vec::len).collect();
        if sent.asked != [harness::body(length)] {
            Failure::new("The compressor was asked for something else than the body, once.")
                .expected(format_args!("one call of `compress`, with all {length} bytes"))
                .got(format_args!("calls with so many bytes: {lengths:?}"))
                .because(if lengths.len() > 1 {
                    "Compressing is what costs. Do it once, keep what came out, and look at its length."
                } else if lengths.is_empty() {
                    "These bodies are long enough. `policy.threshold` says how long that is; here it is 100."
                } else {
                    "The compressor gets the body, all of it."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn any_policy_is_a_good_one() {
    let always = Policy { threshold: 0, at_most_percent: usize::MAX };
    // Twice this is one more than a `usize` can hold, so a product that wraps around is 0.
    let nearly_always = Policy { threshold: 0, at_most_percent: usize::MAX / 2 + 1 };
    let never = Policy { threshold: usize::MAX, at_most_percent: 100 };
    let symptom = "A policy at the edge of what can be said was not followed.";
    let cause = "The rule is the same for every policy: a body of at least `threshold` bytes, of which at \
                 most `at_most_percent` per cent are left. No product may wrap around, and nothing needs a \
                 division.";
    goes_compressed(Policy { at_most_percent: 100, ..POLICY }, 100, 100, symptom, cause);
    goes_raw(Policy { at_most_percent: 100, ..POLICY }, 100, 101, symptom, cause);
    goes_compressed(Policy { at_most_percent: 250, ..POLICY }, 100, 250, symptom, cause);
    goes_raw(Policy { at_most_percent: 250, ..POLICY }, 100, 251, symptom, cause);
    goes_raw(Policy { at_most_percent: 0, ..POLICY }, 1000, 1, symptom, cause);
    goes_raw(never, 1000, 1, symptom, cause);
    goes_raw(Policy { threshold: 0, ..POLICY }, 0, 2, symptom, cause);
    goes_compressed(Policy { threshold: 0, ..POLICY }, 10, 9, symptom, cause);
    for length in [1, 2, 100, 1000] {
        goes_compressed(nearly_always, length, 5000, symptom, cause);
        goes_compressed(always, length, 5000, symptom, cause);
    }
}

#[test]
fn a_raw_body_is_not_copied() {
    for (length, gives) in [(50, 10), (5000, 5000)] {
        let sent = goes_raw(
            POLICY,
            length,
            gives,
            "This body goes out as it is.",
            "`a_short_body_is_sent_as_it_is` and `what_saves_too_little_is_sent_raw` say more.",
        );
        if !sent.in_place || sent.lent_a_copy {
            Failure::new("A body that is sent as it is was copied.")
                .expected(format_args!("the same {length} bytes, where they are"))
                .got(if sent.in_place { "a copy of them, for the compressor" } else { "a copy of them" })
                .because(
                    "You were given the `Vec`, and `Bytes::from` (or `into`) takes it over as it is. \
                     `copy_from_slice`, `clone` and `to_vec` copy. And `compress` wants to look only: lend it \
                     the body.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn real_bodies_arrive() {
    let compressors: [&dyn Compressor; 3] = [&Deflate, &Gzip, &Zlib];
    for compressor in compressors {
        for (what, body, worth) in [
            ("1000 orders", orders(1000), true),
            ("4096 bytes of noise", noise(4096), false),
            ("eight orders, 700 bytes", orders(8), false),
        ] {
            let sent = pack_real(Some(compressor), &body);
            let arrived = match sent.compressor {
                0 => Ok(sent.body.to_vec()),
                _ => compressor.decompress(&sent.body, body.len()).map_err(|error| error.to_string()),
            };
            let expected = if worth { compressor.id() } else { 0 };
            if arrived.as_ref() != Ok(&body) || sent.compressor != expected {
                let arrived = match arrived {
                    Ok(arrived) if arrived == body => "as it was".to_owned(),
                    Ok(_) => "other bytes".to_owned(),
                    Err(error) => error,
                };
                Failure::new(format_args!("A real body, {what}, through {}.", compressor.name()))
                    .expected(format_args!("id {expected}; at the other end: as it was"))
                    .got(format_args!("id {}; at the other end: {arrived}", sent.compressor))
                    .because(
                        "The default policy: from 1024 bytes on, and at most 90 per cent. Send what the \
                         compressor gave, under the compressor's own id, or the body under 0.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

// ---- accepted ----

#[track_caller]
fn check_accepted(accepts: &[u8], known: &CompressorTable, expected: u8, symptom: &str, cause: &str) {
    let got = accepted(accepts, known);
    if got != expected {
        let theirs = accepts.contains(&got) && known.get(got).is_ok();
        let cause = if theirs && expected != accepts[0] {
            "Both of you know this one. But the asker named another before it that you know too: the first \
             counts."
        } else {
            cause
        };
        let known: Vec<u8> = known.iter().map(|one| one.id()).collect();
        Failure::new(symptom)
            .show("the asker can unpack, the dearest first", in_brief(accepts))
            .show("you know", format_args!("{known:?}"))
            .expected(expected)
            .got(got)
            .because(cause)
            .page(PAGE)
            .raise();
    }
}

/// A list of ids; of a long one both ends.
fn in_brief(accepts: &[u8]) -> String {
    match accepts {
        [first, second, .., last] if accepts.len() > 12 => {
            format!("[{first}, {second}, … {last}]: {} of them", accepts.len())
        }
        _ => format!("{accepts:?}"),
    }
}

#[test]
fn the_order_is_the_askers() {
    let known = CompressorTable::default();
    let accepts: [&[u8]; 6] = [&[1], &[3], &[1, 3], &[3, 1], &[2, 1, 3], &[3, 3, 1]];
    for accepts in accepts {
        check_accepted(
            accepts,
            &known,
            accepts[0],
            "You know all that the asker can unpack, and took another than the asker likes best.",
            "It is the asker who has to unpack it. Go through the asker's list from the front, not through \
             your own.",
        );
    }
}

#[test]
fn an_unknown_id_is_stepped_over() {
    let known = CompressorTable::default();
    let accepts: [(&[u8], u8); 6] =
        [(&[9, 2], 2), (&[9, 8, 7, 1], 1), (&[255, 3, 1], 3), (&[4, 1, 2], 1), (&[0, 2], 2), (&[9, 0, 3], 3)];
    for (accepts, expected) in accepts {
        check_accepted(
            accepts,
            &known,
            expected,
            "The asker can unpack something that you do not know, and something that you do know.",
            "An asker who is newer than you knows more. Step over what is not in your table (0 is never in \
             it) and look at the next; only behind the last one there is nothing.",
        );
    }
    // As long as an extension may be: 65,535 ids fill it.
    for strangers in [7, 8, 16, 64, 255, 65_534] {
        let mut accepts: Vec<u8> = (0..strangers).map(|index| 4 + (index % 252) as u8).collect();
        accepts.push(2);
        check_accepted(
            &accepts,
            &known,
            2,
            "The asker can unpack much that you do not know, and as the last something that you do know.",
            "The list is as long as the asker makes it. Go through all of it.",
        );
    }
}

#[test]
fn nothing_in_common_is_0() {
    let accepts: [&[u8]; 5] = [&[], &[0], &[9], &[4, 255, 200], &[0, 0]];
    for accepts in accepts {
        check_accepted(
            accepts,
            &CompressorTable::default(),
            0,
            "There is nothing that both of you know.",
            "Then the answer goes out as it is, and that is called 0. Bytes that the asker cannot unpack are \
             worth nothing to him, however few they are.",
        );
    }
    check_accepted(
        &[1, 2, 3],
        &CompressorTable::empty(),
        0,
        "You know no compressor at all.",
        "Whether you know one is what your table says: `known.get(id)`.",
    );
}

#[test]
fn the_table_says_what_is_known() {
    let mut known = CompressorTable::empty();
    let press: Arc<dyn Compressor> = Arc::new(Press::new(0));
    known.register(press).expect("9 is free");
    let accepts: [&[u8]; 3] = [&[9], &[1, 2, 3, 9], &[1, 9, 2]];
    for accepts in accepts {
        check_accepted(
            accepts,
            &known,
            9,
            "You know one compressor, and it has the number 9.",
            "Which numbers are known is not yours to write down: somebody registers a fourth compressor, and \
             your `accepted` should find it. Ask `known.get(id)`.",
        );
    }
}
