//! Feeds your part, takes what it hands out, and tells what it sees.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::{DecodeError, Extensions, Frame, FrameLimits, HEADER_LEN, Kind, Status, dissect};
use reassemble::Reassembler;
use spec_kit::{Failure, within};

pub const PAGE: &str = "chapter 2, \"Cutting the stream\"";

pub fn bytes_of(frames: &[Frame]) -> Vec<u8> {
    frames.iter().flat_map(|frame| frame.to_bytes().expect("a sound frame")).collect()
}

pub fn greeting(id: u64) -> Frame {
    Frame::new(Kind::Request, id, "hi")
}

/// A frame in which every field has a value of its own.
pub fn with_everything() -> Frame {
    let extensions = Extensions::none().with(3, false, b"gray").with(90, false, b"later");
    Frame {
        codec: 7,
        compressor: 9,
        ..Frame::response(3, Status::BUSY, "no room").with_extensions(extensions)
    }
}

/// What came out of a [`Reassembler`].
pub struct Story {
    pub frames: Vec<Frame>,
    /// How many frames were out after each piece.
    pub out_after: Vec<usize>,
    pub end: End,
    /// What the buffer held at the end.
    pub left: usize,
}

#[derive(Debug, PartialEq)]
pub enum End {
    NotYet,
    Error(DecodeError),
    /// More frames than can be in the stream.
    Endless,
}

/// Feeds one piece after the other, and after each takes all the frames there are.
pub fn play(pieces: &[&[u8]], limits: FrameLimits) -> Story {
    let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
    guarded(pieces.clone(), move || {
        let most = pieces.iter().map(Vec::len).sum::<usize>() / HEADER_LEN;
        let mut part = Reassembler::new(limits);
        let mut story = Story { frames: Vec::new(), out_after: Vec::new(), end: End::NotYet, left: 0 };
        'pieces: for piece in &pieces {
            part.feed(piece);
            loop {
                match part.next_frame() {
                    Ok(Some(_)) if story.frames.len() >= most => {
                        story.end = End::Endless;
                        break 'pieces;
                    }
                    Ok(Some(frame)) => story.frames.push(frame),
                    Ok(None) => break,
                    Err(error) => {
                        story.end = End::Error(error);
                        break 'pieces;
                    }
                }
            }
            story.out_after.push(story.frames.len());
        }
        story.left = part.waiting().len();
        story
    })
}

/// Runs your part on these pieces, where a panic can be explained and a loop without end is noticed.
pub fn guarded<T: Send + 'static>(pieces: Vec<Vec<u8>>, work: impl FnOnce() -> T + Send + 'static) -> T {
    let sizes: Vec<String> = pieces.iter().map(|piece| piece.len().to_string()).collect();
    let fed = match sizes.len() {
        0..=4 => format!("fed in pieces of {} bytes", sizes.join(" + ")),
        many => format!("fed in {many} pieces of {} byte(s)", sizes[0]),
    };
    let stream = pieces.concat();
    within("your `next_frame` cuts the stream", move || {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
                (Some(text), _) => text.clone(),
                (None, text) => text.copied().unwrap_or_default().to_owned(),
            };
            if text.starts_with("not yet implemented") {
                resume_unwind(panic); // the hole is open: that is the whole story
            }
            Failure::new("`next_frame` panicked. What a stranger sends must not end your program.")
                .show(fed, dissect(&stream[..stream.len().min(256)]))
                .show("the panic", &text)
                .because(
                    "`split_to`, `[a..b]` and a subtraction trust you with their numbers. Compare what has come \
                     with the length of the *whole* frame, header length and body length, before you take.",
                )
                .page(PAGE)
                .raise()
        })
    })
}

/// The frames must come out as they are, and then "not yet".
pub fn expect_frames(story: &Story, expected: &[Frame], stream: &[u8], symptom: &str, fed: &str) {
    if story.frames == expected && story.end == End::NotYet {
        return;
    }
    Failure::new(symptom)
        .show(format_args!("{fed} ({} bytes)", stream.len()), dissect(stream))
        .expected(list(expected, &End::NotYet))
        .got(list(&story.frames, &story.end))
        .because(diagnosis(story, expected, stream.len()))
        .page(PAGE)
        .raise()
}

fn diagnosis(story: &Story, expected: &[Frame], fed: usize) -> String {
    if let Some((got, expected)) = story.frames.iter().zip(expected).find(|(got, expected)| got != expected) {
        return difference(got, expected);
    }
    let good = story.frames.len().min(expected.len());
    let should_hold = fed - bytes_of(&expected[..good]).len();
    let after = match good {
        0 => "At the end".to_owned(),
        1 => "After the first frame".to_owned(),
        more => format!("After {more} frames"),
    };
    let held = format!("{after} your buffer holds {} bytes; it should hold {should_hold}.", story.left);
    match &story.end {
        End::Endless => {
            "The same bytes were handed out again: a frame's bytes leave the buffer with it.".to_owned()
        }
        End::Error(_) if good == 0 => format!(
            "Nothing is wrong with this stream. {held} Did you take the header before its body was there? Then the \
             next call looks for a header where the body is."
        ),
        End::Error(_) => format!(
            "You went on at a byte at which no frame begins. {held} A frame is header length + body length bytes \
             long, and the body length counts the body only. What you take before a frame is whole is lost, too."
        ),
        End::NotYet if story.left < should_hold => format!(
            "{held} You took more than the frame's own bytes: what comes behind it belongs to the next one."
        ),
        End::NotYet => {
            "All of the next frame is in your buffer, and you still wait for something. A frame is whole when header \
             length + body length bytes are there, and not one byte later."
                .to_owned()
        }
    }
}

fn difference(got: &Frame, expected: &Frame) -> String {
    let behind_24 = [expected.extensions.as_bytes(), &expected.body[..]].concat();
    if !expected.extensions.as_bytes().is_empty() && !got.body.is_empty() && behind_24.starts_with(&got.body)
    {
        return "Your body begins at byte 24. The header may be longer than that: the body begins where the *header \
                length* says."
            .to_owned();
    }
    if got.extensions != expected.extensions {
        return "The extensions did not come along. They stand from byte 24 to the header length; `Extensions::parse` \
                takes them."
            .to_owned();
    }
    if !expected.body.is_empty() && (got.body.is_empty() || got.body.starts_with(b"yrpc")) {
        return "Your body is what stands *behind* the body. `split_to` hands out the front, `split_off` the back."
            .to_owned();
    }
    if got.body != expected.body {
        return format!(
            "The body has {} bytes, it should have {}. The body length counts the body, and nothing else.",
            got.body.len(),
            expected.body.len()
        );
    }
    let mut wrong = Vec::new();
    for (field, same) in [
        ("kind", got.kind == expected.kind),
        ("codec", got.codec == expected.codec),
        ("compressor", got.compressor == expected.compressor),
        ("status", got.status == expected.status),
        ("request id", got.request_id == expected.request_id),
    ] {
        if !same {
            wrong.push(field);
        }
    }
    format!("The body is right. Not what the header says: {}.", wrong.join(", "))
}

fn list(frames: &[Frame], end: &End) -> String {
    let mut lines: Vec<String> = frames.iter().take(4).map(frame).collect();
    if frames.len() > 4 {
        lines.push(format!("… {} more …", frames.len() - 4));
    }
    lines.push(match end {
        End::NotYet => "not yet".to_owned(),
        End::Error(error) => format!("Err({error})"),
        End::Endless => "still more frames".to_owned(),
    });
    lines.join("\n            then ")
}

fn frame(frame: &Frame) -> String {
    let Frame { kind, codec, compressor, status, request_id, extensions, body } = frame;
    let numbers: Vec<String> = extensions.iter().map(|extension| extension.number.to_string()).collect();
    format!(
        "{kind} id={request_id} status={} codec={codec} compressor={compressor} extensions=[{}] body={:?}",
        status.0,
        numbers.join(", "),
        String::from_utf8_lossy(&body[..body.len().min(40)])
    )
}
