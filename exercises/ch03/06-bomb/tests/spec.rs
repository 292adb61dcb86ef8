//! # Spec of 03-06: decompress without being bombed
//!
//! A limit on the bytes that come is no limit on the bytes that they become. Deflate writes 258 equal bytes with
//! two bits, so one byte on the wire can be a thousand in your memory, and a megabyte a gigabyte.
//!
//! Nothing in the stream tells you beforehand. You unpack a little, look how much there is, and stop at the first
//! byte that is too much. On the way there are three other ways to fail, and each has an error of its own: the
//! stream ends too early, it is no deflate at all, or something stands behind its end.
//!
//! The tests count every byte of memory that your function takes. They do not look at how long anything lasts.

mod harness;

use ch03_codec::LimitError;
use ch03_codec::compress::DecompressError;
use harness::{
    Answer, Bill, END, ITS_OWN, KIB, MIB, PAGE, bomb, deflate, drawn, in_bytes, inflate, mixed, noise, shown,
    what_is_said, zeros_without_end,
};
use spec_kit::Failure;

/// The bodies that most tests unpack.
fn bodies() -> Vec<Vec<u8>> {
    let mut bodies = vec![vec![], vec![7], b"two teas".to_vec(), mixed(3000), mixed(300_000)];
    // At these lengths the last bytes of the stream have been taken when much of the body is still to come.
    bodies.extend(
        [4096, 4097, 10_000, 65_536, 65_800, 98_400, 131_500, 300_000].map(|length| vec![b'x'; length]),
    );
    bodies
}

#[test]
fn a_body_comes_out_as_it_went_in() {
    for body in bodies() {
        for level in [0, 1, 9] {
            let packed = deflate(&body, level);
            for limit in [body.len(), body.len() + 1, 8 * MIB] {
                let Bill { answer, .. } = inflate(&packed, limit);
                if answer.as_ref().is_ok_and(|got| *got == body) {
                    continue;
                }
                let because = match &answer {
                    Err(DecompressError::Limit(_)) => {
                        "The limit itself is allowed. And how many bytes are packed says nothing about how \
                         many come out."
                    }
                    Err(DecompressError::Truncated { .. }) => {
                        "The whole stream is there. That all of it has been read, or that room is left, does \
                         not mean that nothing comes any more: the decompressor holds bytes back. Call it \
                         again. Only when a call with room moves nothing, neither in nor out, is something \
                         missing. (Was there room? `decompress_vec` makes none.)"
                    }
                    Err(DecompressError::Corrupt { .. }) => {
                        "This is bare deflate, without zlib's head: `Decompress::new(false)`. Each call goes \
                         on where the one before it stopped: `&packed[total_in..]`. `Ok(Status::BufError)` is \
                         no damage: it wants more room or more bytes. And `FlushDecompress::Finish` is a \
                         promise that the room is large enough for all; you cannot give it."
                    }
                    Err(_) => "Nothing stands behind this stream.",
                    Ok(got) if got.len() < body.len() => {
                        "You stopped too early. `Ok(Status::StreamEnd)` is the end, and nothing else is: not \
                         that all of the input has been read, and not that there was no room."
                    }
                    Ok(got) if got.len() > body.len() => {
                        "Hand out what came out, and no room that nothing has come into."
                    }
                    Ok(_) => {
                        "The length is right and the bytes are not. Does each piece go behind the others?"
                    }
                };
                Failure::new("A body came out differently from how it went in.")
                    .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(&packed))
                    .expected(format_args!("Ok, {}; the limit is {limit}", in_bytes(body.len())))
                    .got(shown(&answer))
                    .because(because)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[track_caller]
fn too_big(packed: &[u8], limit: usize, what: &str, because: &str) -> Bill {
    let bill = inflate(packed, limit);
    let right = matches!(&bill.answer, Err(DecompressError::Limit(LimitError::TooBig { got, limit: named }))
        if *got == limit + 1 && *named == limit);
    if !right {
        let because = match &bill.answer {
            Err(DecompressError::Limit(LimitError::TooBig { got, .. })) if *got > limit + 1 => {
                "You have unpacked more than you had to. One byte above the limit is enough to know, so the \
                 room ends there: of what would be left, `limit + 1 - body.len()` at most."
            }
            Err(DecompressError::Limit(LimitError::TooBig { .. })) => {
                "`limit` is the limit, and `got` how much of the body you have seen: more than that, or you \
                 could not know."
            }
            Err(DecompressError::Corrupt { .. } | DecompressError::Truncated { .. }) => {
                "As far as the limit everything is good deflate. `a_body_comes_out_as_it_went_in` says more."
            }
            Ok(body) if body.len() <= limit => {
                "You handed out a part. A body that is cut off at the limit is another body: an error says so."
            }
            _ => because,
        };
        Failure::new(format_args!("More comes out than is allowed: {what}."))
            .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(packed))
            .expected(format_args!("Err(Limit(TooBig {{ got: {}, limit: {limit} }}))", limit + 1))
            .got(shown(&bill.answer))
            .because(because)
            .page(PAGE)
            .raise();
    }
    bill
}

#[test]
fn the_limit_itself_is_allowed_and_no_byte_more() {
    for body in bodies().into_iter().filter(|body| !body.is_empty()) {
        let (packed, length) = (deflate(&body, 1), body.len());
        let allowed = inflate(&packed, length).answer;
        if !allowed.as_ref().is_ok_and(|got| got.len() == length) {
            Failure::new("A body that is exactly as long as it may be did not come.")
                .expected(format_args!("Ok, {}; the limit is {length}", in_bytes(length)))
                .got(shown(&allowed))
                .because(
                    "A limit is the most that is allowed. So the room has to end one byte above it: who has \
                     filled exactly `limit` bytes does not know yet whether another comes.",
                )
                .page(PAGE)
                .raise();
        }
        for limit in [length - 1, length / 2, 0] {
            too_big(
                &packed,
                limit,
                &format!("{}, and the limit is {limit}", in_bytes(length)),
                "Count what has come out after every call, also after the one that reaches the end.",
            );
        }
    }
}

#[test]
fn a_bomb_is_refused_where_the_limit_is() {
    // The small ones first: who unpacks them whole gets no further, and need not wait for the large ones.
    for (mebibytes, limit) in [(16, 64 * KIB), (16, 0), (16, MIB), (4096, MIB), (4096, 10)] {
        let packed = bomb(mebibytes);
        let bill = too_big(
            &packed,
            limit,
            &format!("{mebibytes} MiB of zeros"),
            "Stop at the first byte that is too much. Whoever unpacks everything and looks then has the bomb \
             in his memory.",
        );
        let (took, most) = (bill.memory.bytes_max as usize, 3 * (limit + 1) + ITS_OWN);
        if took > most {
            let (symptom, because) = if took < mebibytes * MIB {
                (
                    "A bomb was refused, and it cost too much memory.",
                    "Each byte that you have at the same time counts: the room and the one before it, and a \
                     buffer in between if you use one. Unpack into the room itself, and it needs none. \
                     `reserve` may take twice what you ask for; `reserve_exact` does not.",
                )
            } else {
                (
                    "A bomb was refused, but only after it had gone off.",
                    "Unpack into room that you have measured, never more than one byte above the limit, and \
                     look after every call.",
                )
            };
            Failure::new(symptom)
                .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(&packed))
                .expected(format_args!(
                    "at most {most} bytes of memory: three times the limit of {limit}, and 96 KiB for the \
                     decompressor"
                ))
                .got(format_args!("{took} bytes"))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn nothing_is_unpacked_behind_the_limit() {
    // Damage behind the limit: only who goes there can see it. First in a body that is cut off there, and then in
    // one that is no deflate from there on (block type 3 does not exist).
    for (what, ending) in [("the stream breaks off", &[][..]), ("the stream is damaged", &[0xFF; 100])] {
        for limit in [10, 64 * KIB, MIB] {
            let packed = [&zeros_without_end(4)[..], ending].concat();
            let answer = inflate(&packed, limit).answer;
            if matches!(answer, Err(DecompressError::Corrupt { .. } | DecompressError::Truncated { .. })) {
                Failure::new(format_args!(
                    "After 4 MiB of zeros {what}, and you know it. The limit was \
                                           {limit}."
                ))
                .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(&packed))
                .expected(format_args!("Err(Limit(TooBig {{ got: {}, limit: {limit} }}))", limit + 1))
                .got(shown(&answer))
                .because(
                    "To get there you have unpacked what you would not have kept. That costs time even if \
                         it costs no memory: four gigabytes of it take seconds. Return at the first byte too \
                         many.",
                )
                .page(PAGE)
                .raise();
            }
            too_big(&packed, limit, "4 MiB of zeros", "Stop at the first byte that is too much.");
        }
    }
}

#[test]
fn a_small_body_costs_little_under_any_limit() {
    for (body, level) in [
        (vec![], 6),
        (vec![b'x'; 10], 6),
        (vec![b'x'; 3000], 6),
        (vec![b'x'; 100_000], 0), // stored: the packed bytes are as many as the body's
        (noise(100_000), 6),
        (vec![b'x'; 2 * MIB], 6), // next to none
    ] {
        let (packed, length) = (deflate(&body, level), body.len());
        for limit in [8 * MIB, 1 << 40, usize::MAX] {
            let bill = inflate(&packed, limit);
            came_whole(&bill.answer, length, limit);
            costs_little(
                &bill,
                length,
                limit,
                &packed,
                "A small body cost as much memory as a large one.",
                "The limit is what may come, not what will come; and how many bytes are packed says nothing \
                 either. A thousand connections with five bytes each would cost you a thousand times the \
                 limit. Begin small, and make more room when what you have is full: as much again as has \
                 come. (A buffer of your own counts, too.)",
            );
        }
    }
}

/// At most three times what came out, and what a decompressor needs.
#[track_caller]
fn costs_little(bill: &Bill, came: usize, limit: usize, packed: &[u8], symptom: &str, because: &str) {
    let (took, most) = (bill.memory.bytes_max as usize, 3 * (came + 1) + ITS_OWN);
    if took > most {
        Failure::new(symptom)
            .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(packed))
            .expected(format_args!(
                "at most {most} bytes, for {} that came out: three times as many, and 96 KiB for the \
                 decompressor",
                in_bytes(came)
            ))
            .got(format_args!("{took} bytes; the limit is {limit}"))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn what_brings_nothing_costs_little() {
    let ending = deflate(b"two teas", 1);
    let empty_blocks = [0, 0, 0, 0xFF, 0xFF].repeat(MIB / 5); // stored, of no bytes, and not the last
    for (what, packed, came, expected) in [
        (
            "eight bytes came, and a mebibyte stands behind the end",
            [&ending[..], &noise(MIB)].concat(),
            8,
            "Err(LeftOver { … })",
        ),
        ("a mebibyte that is no deflate", vec![0xFF; MIB], 0, "Err(Corrupt { … })"),
        (
            "a mebibyte of empty blocks, and eight bytes",
            [&empty_blocks[..], &ending].concat(),
            8,
            "Ok, 8 bytes",
        ),
        ("a mebibyte of empty blocks, without an end", empty_blocks.clone(), 0, "Err(Truncated { … })"),
    ] {
        for limit in [8 * MIB, usize::MAX] {
            let bill = inflate(&packed, limit);
            let kind = expected.split_once(" {").map_or(expected, |(kind, _)| kind);
            if !shown(&bill.answer).starts_with(kind) {
                Failure::new(format_args!("There is much to read, and next to nothing comes: {what}."))
                    .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(&packed))
                    .expected(expected)
                    .got(shown(&bill.answer))
                    .because("The tests with short streams say more: begin with those that are red.")
                    .page(PAGE)
                    .raise();
            }
            costs_little(
                &bill,
                came,
                limit,
                &packed,
                &format!("It brought next to nothing, and cost much: {what}."),
                "How much is packed says nothing about how much comes out: neither that it will be more, nor \
                 that it will be as much. Take room for what has come, and no earlier.",
            );
        }
    }
}

#[test]
fn the_room_grows_in_steps_that_grow() {
    let length = 4 * MIB;
    let bill = inflate(&deflate(&vec![b'x'; length], 6), 8 * MIB);
    came_whole(&bill.answer, length, 8 * MIB);
    let (total, most) = (bill.memory.bytes_total as usize, 6 * length + ITS_OWN);
    if total > most {
        Failure::new("Your room grows in steps that are too small.")
            .expected(format_args!("a body of {length} bytes for at most {most}, counted one after the other"))
            .got(format_args!("{total} bytes in {} allocations", bill.memory.count_total))
            .because(
                "Whenever a `Vec` grows, what it holds may have to move. With a fixed step that is each byte, \
                 once for every step behind it. Room for as much again as has come moves each byte once or \
                 twice.",
            )
            .page(PAGE)
            .raise();
    }
}

/// The tests that count look only at bodies that came.
#[track_caller]
fn came_whole(answer: &Answer, length: usize, limit: usize) {
    if !answer.as_ref().is_ok_and(|body| body.len() == length) {
        Failure::new("A body that is allowed did not come.")
            .expected(format_args!("Ok, {}; the limit is {limit}", in_bytes(length)))
            .got(shown(answer))
            .because("`a_body_comes_out_as_it_went_in` says more.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn a_stream_that_breaks_off_is_truncated() {
    // Stored blocks: five bytes of head, then the body as it is. So what came out can be counted by hand.
    let stored = deflate(b"two teas, one cake", 0);
    for (packed, got) in (0..stored.len()).map(|cut| (&stored[..cut], cut.saturating_sub(5))) {
        check_truncated(packed, Some(got));
    }
    for body in [&[][..], b"two teas", &mixed(3000), &[b'x'; 40_000]] {
        for level in [1, 9] {
            let packed = deflate(body, level);
            let step = packed.len() / 200 + 1;
            for cut in (0..packed.len()).step_by(step).chain([packed.len() - 1]) {
                check_truncated(&packed[..cut], None);
            }
        }
    }
    let all_but_the_end = zeros_without_end(1);
    check_truncated(&all_but_the_end, Some(MIB));
}

#[track_caller]
fn check_truncated(packed: &[u8], expected: Option<usize>) {
    let answer = inflate(packed, 2 * MIB).answer;
    let right = matches!(&answer, Err(DecompressError::Truncated { compressor: "deflate", got })
        if expected.is_none_or(|expected| expected == *got));
    if right {
        return;
    }
    let because = match &answer {
        Ok(_) => {
            "Half a body is no body: whoever decodes it takes the half for the whole. Only \
             `Status::StreamEnd` says that it was all."
        }
        Err(DecompressError::Truncated { .. }) => {
            "`compressor` is \"deflate\", and `got` is how many bytes had come out: all that those which are \
             there can give."
        }
        Err(DecompressError::Corrupt { .. }) => {
            "Nothing in it is wrong; it only ends. A call that has room and moves nothing says so."
        }
        Err(_) => "There is room enough, and nothing stands behind it: it ends too early.",
    };
    let expected = expected.map_or("how many came out".to_owned(), |got| got.to_string());
    Failure::new("The stream ends before its end.")
        .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(packed))
        .expected(format_args!("Err(Truncated {{ compressor: \"deflate\", got: {expected} }})"))
        .got(shown(&answer))
        .because(because)
        .page(PAGE)
        .raise();
}

#[test]
fn what_is_no_deflate_is_corrupt() {
    let mut damaged = deflate(b"two teas, one cake", 0);
    damaged[3] ^= 0xFF; // a stored block has its length twice, the second time with all bits turned around
    let zlib = [&[0x78, 0x01][..], &deflate(b"two teas", 1), &[0, 0, 0, 0]].concat();
    let behind = [&zeros_without_end(1)[..], &[0xFF; 10]].concat();
    for (what, packed) in [
        ("block type 3, which does not exist", &[0xFF; 40][..]),
        ("a length that contradicts itself", &damaged),
        ("zlib, which begins with two bytes of its own", &zlib),
        ("rubbish behind a mebibyte of zeros", &behind),
        ("a text", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    ] {
        let answer = inflate(packed, 8 * MIB).answer;
        let said = what_is_said(packed);
        let right = matches!(&answer, Err(DecompressError::Corrupt { compressor: "deflate", why }) if why.contains(&said));
        if !right {
            let because = match &answer {
                Ok(_) => "The decompressor returned an error. What it had given before is worth nothing.",
                Err(DecompressError::Limit(_)) => {
                    "The limit was far away. An error of the decompressor is `Corrupt`, whatever has come out."
                }
                Err(DecompressError::Truncated { .. }) => {
                    "More bytes would not mend it. An error of the decompressor is `Corrupt`; `Truncated` is \
                     for a stream that was good as far as it went."
                }
                Err(_) => "`why` is what the library said: `error.to_string()`. `compressor` is \"deflate\".",
            };
            Failure::new(format_args!("This is no deflate: {what}."))
                .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(packed))
                .expected(format_args!("Err(Corrupt {{ compressor: \"deflate\", why: {said:?} }})"))
                .got(shown(&answer))
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn what_stands_behind_the_end_is_left_over() {
    for body in [&[][..], b"two teas", &mixed(3000), &[b'x'; 40_000]] {
        for behind in [&[0][..], b"yz", &END, &[0xFF; 300]] {
            let packed = [&deflate(body, 1), behind].concat();
            let answer = inflate(&packed, 40_000).answer;
            let right = matches!(&answer, Err(DecompressError::LeftOver { compressor: "deflate", count })
                if *count == behind.len());
            if !right {
                let because = match &answer {
                    Ok(_) => {
                        "The stream has an end of its own, and it came before the bytes ended. What stands \
                         behind it is a mistake, or somebody's smuggled goods: whoever stores the body as it \
                         came keeps it."
                    }
                    Err(DecompressError::LeftOver { .. }) => {
                        "`count` is what stands behind the end: the length of `packed` without `total_in`."
                    }
                    Err(_) => "The stream itself is whole, and within the limit.",
                };
                Failure::new(format_args!("{} behind the end of the stream.", in_bytes(behind.len())))
                    .show(format_args!("packed ({})", in_bytes(packed.len())), drawn(&packed))
                    .expected(format_args!(
                        "Err(LeftOver {{ compressor: \"deflate\", count: {} }})",
                        behind.len()
                    ))
                    .got(shown(&answer))
                    .because(because)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn too_big_comes_before_left_over() {
    let packed = [&deflate(&[b'x'; 1000], 1)[..], b"yz"].concat();
    for limit in [0, 999] {
        too_big(
            &packed,
            limit,
            "1000 bytes, and two more behind the end of the stream",
            "Whoever stops at the first byte too many never gets to the end of the stream.",
        );
    }
}
