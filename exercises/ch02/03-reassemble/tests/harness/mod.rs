//! Feeds your part, takes what it hands out, and tells what it sees.

mod diagnosis;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch02_protocol::extension::Extension;
use ch02_protocol::{DecodeError, Extensions, Frame, FrameLimits, HEADER_LEN, Header, Kind, Status, dissect};
use diagnosis::{as_u16, diagnosis};
use reassemble::Reassembler;
use spec_kit::{Failure, within};

pub const PAGE: &str = "chapter 2, \"Cutting the stream\"";

pub fn bytes_of(frames: &[Frame]) -> Vec<u8> {
    frames.iter().map(|frame| frame.to_bytes().expect("a sound frame")).collect::<Vec<_>>().concat()
}

pub fn greeting(id: u64) -> Frame {
    Frame::new(Kind::Request, id, "hi")
}

/// An id that needs more than four bytes.
pub const LARGE_ID: u64 = 0x0000_5eed_0000_0003;

/// A frame in which every field has a value of its own, with a critical extension that nobody knows.
pub fn with_everything() -> Frame {
    let extensions = Extensions::none().with(3, false, b"gray").with(90, true, b"later");
    Frame {
        codec: 7,
        compressor: 9,
        ..Frame::response(LARGE_ID, Status::BUSY, "no room").with_extensions(extensions)
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
        1 => format!("fed in one piece of {}", in_bytes(pieces[0].len())),
        0..=4 => format!("fed in pieces of {} bytes", sizes.join(" + ")),
        many => format!("fed in {many} pieces of {}", in_bytes(pieces[0].len())),
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
            let header = Header::decode(&stream, &FrameLimits::default()).ok().flatten();
            let long_body = header.filter(|header| header.body_len > u32::from(u16::MAX));
            let cause = long_body.map_or_else(
                || {
                    "`split_to`, `[a..b]` and a subtraction trust you with their numbers. Compare what has come with \
                     the length of the *whole* frame, header length and body length, before you take."
                        .to_owned()
                },
                |header| {
                    format!(
                        "You took more than had come. If you compared what had come with the length of the frame, \
                         that length was too short: did you cut the body length? {}",
                        as_u16(header.body_len as usize)
                    )
                },
            );
            Failure::new("`next_frame` panicked. What a stranger sends must not end your program.")
                .show(fed, beginning(&stream))
                .show("the panic", &text)
                .because(cause)
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
        .show(format_args!("{fed} ({})", in_bytes(stream.len())), beginning(stream))
        .expected(list(expected, &End::NotYet))
        .got(list(&story.frames, &story.end))
        .because(diagnosis(story, expected, stream.len()))
        .page(PAGE)
        .raise()
}

/// A number of bytes, for people.
pub fn in_bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// A number of frames, for people.
pub fn in_frames(count: usize) -> String {
    if count == 1 { "1 frame".to_owned() } else { format!("{count} frames") }
}

/// As many lines of a dissection as a message has room for.
fn beginning(stream: &[u8]) -> String {
    const SHOWN: usize = 60;
    let all = dissect(stream);
    let mut lines: Vec<&str> = all.lines().take(SHOWN).collect();
    if all.lines().nth(SHOWN).is_some() {
        lines.push("…");
    }
    lines.join("\n")
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
    let number = |extension: Extension<'_>| {
        format!("{}{}", extension.number, if extension.critical { " critical" } else { "" })
    };
    let numbers: Vec<String> = extensions.iter().map(number).collect();
    let body = match body.len() {
        0..=40 => format!("{:?}", String::from_utf8_lossy(body)),
        more => format!("{:?} … ({more} bytes)", String::from_utf8_lossy(&body[..40])),
    };
    format!(
        "{kind} id={request_id} status={} codec={codec} compressor={compressor} extensions=[{}] body={body}",
        status.0,
        numbers.join(", "),
    )
}
