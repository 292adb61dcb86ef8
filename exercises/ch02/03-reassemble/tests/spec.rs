//! # Spec of 02-03: reassemble frames from a stream
//!
//! A stream has no borders: `read` may bring half a header, or three frames and a bit. The border is in the
//! bytes. From the header you know how long it is itself, and how long the body is; together they say where
//! the next frame begins.
//!
//! No test opens a socket. Your part takes bytes and returns frames, so every cut that a network could ever
//! make can be made here, each time.

mod harness;

use ch02_protocol::{DecodeError, Extensions, Frame, FrameLimits, HEADER_LEN, Header, Kind, Status, dissect};
use harness::{
    End, LARGE_ID, PAGE, bytes_of, expect_frames, greeting, guarded, in_bytes, in_frames, play,
    with_everything,
};
use reassemble::Reassembler;
use spec_kit::Failure;

// ---- whole frames, however they were cut ----

#[test]
fn a_frame_in_one_piece() {
    let frames = [greeting(1)];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], FrameLimits::default());
    expect_frames(
        &story,
        &frames,
        &stream,
        "A whole frame came in one piece, and something else came out.",
        "fed",
    );
}

#[test]
fn two_frames_in_one_read() {
    let frames = [greeting(1), greeting(2)];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], FrameLimits::default());
    let symptom = match story.frames.len() {
        1 => "The second frame vanished.",
        _ => "Two frames came in one piece, and something else came out.",
    };
    expect_frames(&story, &frames, &stream, symptom, "fed in one piece");
}

#[test]
fn a_stream_cut_anywhere() {
    let frames = [with_everything(), Frame::new(Kind::Heartbeat, 0, ""), greeting(4)];
    let stream = bytes_of(&frames);
    for cut in 1..stream.len() {
        let (front, back) = stream.split_at(cut);
        let story = play(&[front, back], FrameLimits::default());
        let symptom = "The same bytes, cut differently, gave other frames.";
        expect_frames(
            &story,
            &frames,
            &stream,
            symptom,
            &format!("fed in two pieces, cut before byte {cut:#06x}"),
        );
    }
}

#[test]
fn one_byte_at_a_time() {
    let frames = [with_everything(), greeting(4)];
    let stream = bytes_of(&frames);
    let first = frames[0].to_bytes().unwrap().len();
    let pieces: Vec<&[u8]> = stream.chunks(1).collect();
    let story = play(&pieces, FrameLimits::default());
    expect_frames(
        &story,
        &frames,
        &stream,
        "Byte by byte the frames came out differently.",
        "fed byte by byte",
    );
    for (fed, &out) in (1..).zip(&story.out_after) {
        let whole = usize::from(fed >= first) + usize::from(fed >= stream.len());
        if out != whole {
            Failure::new("A frame came out at the wrong moment.")
                .show("fed so far", dissect(&stream[..fed]))
                .expected(format_args!("{} after {}", in_frames(whole), in_bytes(fed)))
                .got(in_frames(out))
                .because(
                    "A frame is whole with its last byte. Whoever waits for one more waits for a peer that is \
                     waiting for the reply.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn not_enough_is_no_error() {
    let stream = bytes_of(&[with_everything()]);
    for have in 0..stream.len() {
        let front = stream[..have].to_vec();
        let answers = guarded(vec![front.clone()], move || {
            let mut part = Reassembler::new(FrameLimits::default());
            part.feed(&front);
            [part.next_frame(), part.next_frame()]
        });
        for (call, answer) in (1..).zip(answers) {
            if answer != Ok(None) {
                Failure::new(format_args!(
                    "{} of a sound frame came, no more yet, and you did not wait.",
                    in_bytes(have)
                ))
                .show("fed", dissect(&stream[..have]))
                .expected("Ok(None)")
                .got(format_args!("{answer:?} at call {call}"))
                .because(
                    "Nothing is wrong with a frame that has not all come. `None` takes nothing and breaks \
                         nothing, however often it is asked for.",
                )
                .page(PAGE)
                .raise();
            }
        }
    }
}

// ---- what a frame may look like ----

#[test]
fn a_body_may_contain_frames() {
    let inner = bytes_of(&[greeting(666)]);
    let frames = [Frame::new(Kind::Request, 1, inner), greeting(2)];
    let stream = bytes_of(&frames);
    for size in 1..=stream.len() {
        let pieces: Vec<&[u8]> = stream.chunks(size).collect();
        let story = play(&pieces, FrameLimits::default());
        if story.frames.iter().any(|frame| frame.request_id == 666) {
            Failure::new("A caller wrote a frame into the body of another, and you ran it.")
                .show(format_args!("fed in pieces of {}", in_bytes(size)), dissect(&stream))
                .expected("the frames 1 and 2")
                .got("frame 666 as well")
                .because(
                    "The bytes of a body were taken for a frame. Header length and body length say how many bytes belong \
                     to this frame: take so many from the front, and search for nothing. Inside of a body `yrpc` is \
                     content.",
                )
                .page(PAGE)
                .raise();
        }
        let symptom = "A body that looks like a frame confused you.";
        expect_frames(&story, &frames, &stream, symptom, &format!("fed in pieces of {}", in_bytes(size)));
    }
}

#[test]
fn a_frame_without_a_body_is_whole() {
    let extensions = Extensions::none().with(3, false, b"gray");
    let frames = [
        Frame::new(Kind::Heartbeat, 0, ""),
        Frame::response(0, Status::OK, ""),
        Frame::new(Kind::Cancel, 7, "").with_extensions(extensions),
        greeting(8),
    ];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], FrameLimits::default());
    expect_frames(&story, &frames, &stream, "A frame without a body is a frame, too.", "fed in one piece");
}

#[test]
fn extensions_are_no_body() {
    let frames = [with_everything(), greeting(4)];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], FrameLimits::default());
    expect_frames(
        &story,
        &frames,
        &stream,
        "A header with extensions is longer than 24 bytes.",
        "fed in one piece",
    );
}

#[test]
fn lengths_are_not_cut() {
    // 327 bytes of header do not fit into one byte, 70,000 bytes of body not into two.
    let extensions = Extensions::none().with(3, false, &[b'e'; 300]);
    let frames = [Frame::new(Kind::Request, 1, vec![b'b'; 70_000]).with_extensions(extensions), greeting(4)];
    let stream = bytes_of(&frames);
    for cut in [HEADER_LEN, 200, 327, 10_000, 65_536, 70_326, 70_327] {
        let (front, back) = stream.split_at(cut);
        let story = play(&[front, back], FrameLimits::default());
        let symptom = "A long header and a long body came, and something else came out.";
        expect_frames(
            &story,
            &frames,
            &stream,
            symptom,
            &format!("fed in two pieces, the first of {} bytes", front.len()),
        );
    }
}

#[test]
fn a_body_is_a_slice_of_the_buffer() {
    let frame = with_everything();
    let stream = bytes_of(&vec![frame.clone(); 1000]);
    let length = stream.len() / 1000;
    let sent = frame.clone();
    let places = guarded(vec![stream.clone()], move || {
        let mut part = Reassembler::new(FrameLimits::default());
        part.feed(&stream);
        let begin = part.waiting().as_ptr() as usize;
        let next = || part.next_frame().ok().flatten();
        std::iter::from_fn(next)
            .take(1000)
            .map(|frame| {
                let place = [frame.extensions.as_bytes(), &frame.body]
                    .map(|part| (part.as_ptr() as usize).wrapping_sub(begin));
                (frame == sent).then_some(place)
            })
            .collect::<Vec<_>>()
    });
    let extensions = HEADER_LEN;
    let body = length - frame.body.len();
    let should_be: Vec<_> = (0..1000).map(|at| [at * length + extensions, at * length + body]).collect();
    let places: Vec<_> = places.into_iter().flatten().collect();
    if places.len() != should_be.len() {
        Failure::new("A thousand frames came in one piece, and not all came out, or not as they were sent.")
            .expected("1000 frames, each as it was sent")
            .got(format_args!("{} of them", places.len()))
            .because("The tests of whole frames say why.")
            .page(PAGE)
            .raise();
    }
    let copied = |which: usize| {
        places.iter().zip(&should_be).filter(|(at, should)| at[which] != should[which]).count()
    };
    let (extensions, bodies) = (copied(0), copied(1));
    if extensions + bodies > 0 {
        Failure::new("Bytes that were in your buffer already were copied to another place.")
            .expected("1000 frames from one piece, all their bytes where they came in")
            .got(format_args!("{bodies} bodies and {extensions} times extensions somewhere else"))
            .because(
                "`split_to` cuts a `BytesMut` in two without moving a byte, and `freeze` makes it a `Bytes`, which \
                 is counted, not copied. `to_vec`, `copy_from_slice`, and `clone` of a `BytesMut` copy.",
            )
            .page(PAGE)
            .raise();
    }
}

// ---- what is wrong with a stream, and what comes after it ----

/// The front of a sound frame, with other bytes at one place.
fn front(length: usize, at: usize, other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes_of(&[greeting(1)])[..length].to_vec();
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

#[test]
fn a_wrong_byte_is_an_error_as_soon_as_it_comes() {
    let limit = FrameLimits::default();
    for (what, wrong, error) in [
        ("a browser's first letter", b"G".to_vec(), DecodeError::WrongMagic { got: b"G".to_vec() }),
        ("a version that does not exist", front(5, 4, &[9]), DecodeError::UnknownVersion { got: 9 }),
        ("a header shorter than a header", front(10, 8, &[0, 23]), DecodeError::HeaderTooShort { got: 23 }),
        (
            "a body of 4 GiB",
            front(24, 20, &[255; 4]),
            DecodeError::BodyTooLong { got: u32::MAX, limit: limit.max_body },
        ),
    ] {
        let story = play(&[&wrong], limit);
        if story.end != End::Error(error.clone()) {
            let cause = match story.end {
                End::NotYet => {
                    "`Header::decode` judges every field as soon as its bytes are there. Give it what you have, even \
                     if that is one byte: a stranger who speaks something else may never send 24."
                }
                _ => "Hand the error on as `Header::decode` gave it.",
            };
            Failure::new(format_args!("To see {what}, {} is all you need.", in_bytes(wrong.len())))
                .show("fed", dissect(&wrong))
                .expected(format_args!("Err({error:?})"))
                .got(format_args!("{}, then {:?}", in_frames(story.frames.len()), story.end))
                .because(cause)
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn extensions_that_do_not_fit_are_an_error() {
    let mut stream = bytes_of(&[with_everything()]);
    stream[HEADER_LEN + 2] += 100; // the length of the first one
    let story = play(&[&stream], FrameLimits::default());
    if !matches!(story.end, End::Error(DecodeError::BadExtension { at: HEADER_LEN, .. })) {
        Failure::new("An extension is longer than the header, and you did not say so.")
            .show("fed", dissect(&stream))
            .expected("Err(BadExtension { at: 24, … })")
            .got(format_args!("{}, then {:?}", in_frames(story.frames.len()), story.end))
            .because("`Extensions::parse` judges them. Hand on what it says.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn frames_before_the_wrong_byte_come_out() {
    let sound = [greeting(1), with_everything()];
    let stream = [&bytes_of(&sound)[..], b"GET / HTTP/1.1\r\n", &bytes_of(&[greeting(4)])].concat();
    let story = play(&[&stream], FrameLimits::default());
    let error = End::Error(DecodeError::WrongMagic { got: b"GET ".to_vec() });
    if story.frames != sound || story.end != error {
        let cause = match story.frames.len() {
            _ if !sound.iter().zip(&story.frames).all(|(sent, got)| sent == got) => {
                "The sound frames did not come out as they were sent. The tests of whole frames say more."
            }
            0 | 1 if story.end != error => {
                "The frames in front of the wrong byte did not come out. The tests of whole frames say more."
            }
            0 | 1 => {
                "The frames in front of the wrong byte are sound. Their senders wait for replies: look at one frame \
                 at a time."
            }
            2 if story.end == End::NotYet => {
                "Waiting does not help. The bytes behind the second frame can never become a frame."
            }
            2 => "Hand the error on as `Header::decode` gave it.",
            _ => {
                "You searched for the next `yrpc`. Whoever wrote the bytes in between chooses what you find there: \
                 a body that was meant as data becomes a command. A stream that is wrong once is over."
            }
        };
        Failure::new("Two sound frames, then something else, then what looks like a third.")
            .show("fed in one piece", dissect(&stream))
            .expected(format_args!("frame 1, frame {LARGE_ID}, then {error:?}"))
            .got(format_args!("{}, then {:?}", in_frames(story.frames.len()), story.end))
            .because(cause)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn an_error_stays() {
    let sound = bytes_of(&[greeting(2)]);
    let mut bad_extension = bytes_of(&[with_everything()]);
    bad_extension[HEADER_LEN] = 0; // there is no number 0
    for (what, wrong) in [("a wrong magic number", b"GET ".to_vec()), ("a bad extension", bad_extension)] {
        let stream = [&wrong[..], &sound].concat();
        let more = sound.clone();
        let answers = guarded(vec![stream.clone(), more.clone()], move || {
            let mut part = Reassembler::new(FrameLimits::default());
            part.feed(&stream);
            let first = part.next_frame();
            let second = part.next_frame();
            part.feed(&more);
            [first, second, part.next_frame(), part.next_frame()]
        });
        if answers[0].is_err() && answers.iter().all(|answer| *answer == answers[0]) {
            continue;
        }
        let cause = if answers[0].is_err() {
            "After an error nobody knows where the next frame begins; what looks like one may be somebody's data. \
             Keep the error in `failed`, and say it again at every call."
        } else {
            "The first call must be an error already."
        };
        let shown: Vec<String> = answers
            .iter()
            .map(|answer| match answer {
                Ok(Some(frame)) => format!("frame {}", frame.request_id),
                Ok(None) => "not yet".to_owned(),
                Err(error) => format!("Err({error})"),
            })
            .collect();
        Failure::new("You went on after an error.")
            .show(format_args!("fed: {what}, then a sound frame"), dissect(&[&wrong[..], &sound].concat()))
            .expected("the same error at each of four calls")
            .got(format_args!(
                "call 1: {}\n            call 2: {}\n                    (fed another sound frame)\n            \
                 call 3: {}\n            call 4: {}",
                shown[0], shown[1], shown[2], shown[3]
            ))
            .because(cause)
            .page(PAGE)
            .raise();
    }
}

#[test]
fn after_an_error_nothing_is_kept() {
    let pieces = [b"G".to_vec(), b"ET ".to_vec(), vec![b'x'; 100_000]];
    let story = guarded(pieces.to_vec(), move || {
        let mut part = Reassembler::new(FrameLimits::default());
        pieces.map(|piece| {
            part.feed(&piece);
            (part.next_frame(), part.waiting().len())
        })
    });
    let (first, kept) = &story[0];
    if first.is_err() && story.iter().all(|(answer, keeps)| answer == first && keeps <= kept) {
        return;
    }
    let cause = if first.is_err() {
        "Write the first error into `failed`, however early it comes. `feed` looks there: nothing that comes behind an \
         error is kept, or whoever sends on fills your memory. And you do not look again, so the error stays as it was."
    } else {
        "The first call must be an error already: one wrong byte is enough."
    };
    let shown = story
        .map(|(answer, keeps)| format!("{:?}, and {} waiting", answer.map(|_| "no error"), in_bytes(keeps)));
    Failure::new("The first byte was wrong. Then more bytes came, and you took them in.")
        .show("fed, with a call of `next_frame` after each", "\"G\"\n\"ET \"\n100,000 times \"x\"")
        .expected(format_args!("the same error three times, and never more than {} waiting", in_bytes(1)))
        .got(shown.join("\n            then "))
        .because(cause)
        .page(PAGE)
        .raise();
}

#[test]
fn the_limits_are_those_you_were_given() {
    let limits = FrameLimits { max_header: 31, max_body: 4 };
    let extensions = Extensions::none().with(3, false, b"gray"); // 7 bytes
    let frames = [Frame::new(Kind::Request, 1, "four").with_extensions(extensions)];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], limits);
    let symptom = "A frame as long as it may be did not come out.";
    expect_frames(&story, &frames, &stream, symptom, "header limit 31, body limit 4; fed");
    let usual = FrameLimits::default();
    let frames = [Frame::new(Kind::Request, 1, vec![b'b'; usual.max_body as usize])];
    let stream = bytes_of(&frames);
    let story = play(&[&stream], usual);
    expect_frames(&story, &frames, &stream, symptom, &format!("body limit {}; fed", usual.max_body));
    let header = Header { body_len: 5, ..greeting(1).header(&limits).unwrap() }.encode();
    let story = play(&[&header], limits);
    if story.end != End::Error(DecodeError::BodyTooLong { got: 5, limit: 4 }) {
        Failure::new("A body above the limit was announced, and you wait for it.")
            .show("the limit is 4; fed", dissect(&header))
            .expected("Err(BodyTooLong { got: 5, limit: 4 })")
            .got(format_args!("{:?}", story.end))
            .because("`Header::decode` judges by the limits that you give it: those of `self`.")
            .page(PAGE)
            .raise();
    }
}
