//! What a wrong answer says about its cause.

use ch02_protocol::extension::number;
use ch02_protocol::{DecodeError, Frame, HEADER_LEN};

use super::{End, Story, bytes_of, in_bytes};

/// The likely cause, when other frames came out than went in.
pub fn diagnosis(story: &Story, expected: &[Frame], fed: usize) -> String {
    let differs = |&at: &usize| story.frames[at] != expected[at];
    if let Some(at) = (0..story.frames.len().min(expected.len())).find(differs) {
        if expected.get(at + 1) != Some(&story.frames[at]) {
            return difference(&story.frames[at], &expected[at]);
        }
        let cause = match expected[at].extensions.unknown_critical(&number::KNOWN) {
            Some(_) => CRITICAL,
            None => "Each whole frame is handed out, once, whatever it is and however little it carries.",
        };
        return format!("Frame {} is missing: the next one came in its place. {cause}", at + 1);
    }
    let good = story.frames.len().min(expected.len());
    let should_hold = fed - bytes_of(&expected[..good]).len();
    let after = match good {
        0 => "At the end".to_owned(),
        1 => "After the first frame".to_owned(),
        more => format!("After {more} frames"),
    };
    let held = format!("{after} your buffer holds {}; it should hold {should_hold}.", in_bytes(story.left));
    match &story.end {
        End::Endless => {
            "The same bytes were handed out again: a frame's bytes leave the buffer with it.".to_owned()
        }
        End::Error(DecodeError::BodyTooLong { limit, .. }) => format!(
            "Every length here is within the limits that `new` was given. {limit} must be a limit of your own."
        ),
        End::Error(DecodeError::BadExtension { .. }) if good < expected.len() => bad_extension(&expected[good]),
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

const CRITICAL: &str = "If it is the critical extension, 90, that you do not want: refusing is not the decoder's \
                        business. The server answers 104, and the connection lives.";

/// Why sound extensions were called bad.
fn bad_extension(expected: &Frame) -> String {
    let header_len = HEADER_LEN + expected.extensions.as_bytes().len();
    let right = "Nothing is wrong with these extensions: they stand from byte 24 to the header length.";
    if header_len > usize::from(u8::MAX) {
        return format!(
            "{right} Did you cut the header length? `as u8` kept the lower byte of {header_len}, and that is {}.",
            header_len as u8
        );
    }
    match expected.extensions.unknown_critical(&number::KNOWN) {
        Some(_) => format!("{right} {CRITICAL}"),
        None => right.to_owned(),
    }
}

/// What is left of a long body length.
pub fn as_u16(body_len: usize) -> String {
    format!("Of {body_len} `as u16` kept the lower two bytes, and they are {}.", body_len as u16)
}

fn difference(got: &Frame, expected: &Frame) -> String {
    if got.body.len() > expected.body.len() && got.body.starts_with(&expected.body) {
        let too_many = got.body.len() - expected.body.len();
        let cause = if too_many == HEADER_LEN {
            "Did you count the 24 twice? The header length counts them already."
        } else {
            "What stands behind the body belongs to the next frame: the body length counts the body, and nothing else."
        };
        return format!("The body is there, and then {} too many. {cause}", in_bytes(too_many));
    }
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
    if !expected.body.is_empty()
        && (got.body.is_empty() || got.body.starts_with(b"yrpc"))
        && !expected.body.starts_with(b"yrpc")
    {
        return "Your body is what stands *behind* the body. `split_to` hands out the front, `split_off` the back."
            .to_owned();
    }
    if got.body.len() < expected.body.len() && expected.body.len() > usize::from(u16::MAX) {
        let cut =
            if got.body.len() <= usize::from(u16::MAX) { as_u16(expected.body.len()) } else { String::new() };
        return format!(
            "The body has {} bytes, it should have {}. Nothing may be cut: neither the length, by a type that is too \
             small for it, nor the body, by a limit of your own. {cut}",
            got.body.len(),
            expected.body.len(),
        );
    }
    if got.body != expected.body {
        return format!(
            "The body has {}, it should have {}. The body length counts the body, and nothing else.",
            in_bytes(got.body.len()),
            expected.body.len()
        );
    }
    if got.request_id != expected.request_id && got.request_id == u64::from(expected.request_id as u32) {
        return format!(
            "A request id has eight bytes. Of {} `as u32` kept the lower four, and they are {}.",
            expected.request_id, got.request_id
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
