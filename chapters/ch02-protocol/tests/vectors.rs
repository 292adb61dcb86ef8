//! Golden bytes: frames that were written by hand, and Dubbo headers that other people's programs sent. If
//! one of these tests turns red, then what we speak is no longer what is written down.

use std::fmt::Write as _;

use ch02_protocol::dubbo::{DubboHeader, DubboMessage};
use ch02_protocol::{DecodeError, Frame, FrameDecoder, FrameEncoder, FrameLimits};

/// A line of a file of vectors.
struct Vector {
    name: &'static str,
    bytes: Vec<u8>,
    meaning: &'static str,
}

fn vectors(file: &'static str) -> Vec<Vector> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
            let [name, hex, meaning] = fields[..] else { panic!("name | hex | meaning: {line}") };
            let digits: Vec<u8> =
                hex.chars().filter(|c| *c != ' ').map(|c| c.to_digit(16).expect(line) as u8).collect();
            assert_eq!(digits.len() % 2, 0, "half a byte: {line}");
            Vector { name, bytes: digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect(), meaning }
        })
        .collect()
}

/// The meaning of a frame in the words of `frames.txt`.
fn describe(frame: &Frame) -> String {
    let mut out = format!("{} {}", frame.kind, frame.request_id);
    for (name, value) in [("codec", frame.codec), ("compressor", frame.compressor)] {
        if value != 0 {
            let _ = write!(out, ", {name} {value}");
        }
    }
    if frame.status.0 != 0 {
        let _ = write!(out, ", status {}", frame.status);
    }
    for extension in frame.extensions.iter() {
        let _ = write!(out, ", extension {}", extension.number);
        out.push_str(if extension.critical { "!" } else { "" });
        out.push_str(if extension.value.is_empty() { "" } else { " " });
        for byte in extension.value {
            let _ = write!(out, "{byte:02x}");
        }
    }
    if !frame.body.is_empty() {
        let _ = write!(out, ", body \"{}\"", frame.body.escape_ascii());
    }
    out
}

fn decode(bytes: &[u8]) -> Result<Option<Frame>, DecodeError> {
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    decoder.feed(bytes);
    let result = decoder.next_frame();
    if let Ok(Some(_)) = result {
        assert_eq!(decoder.unfinished(), 0, "something is left over");
    }
    result
}

#[test]
fn frames_say_what_is_written_beside_them_and_are_written_the_same_way() {
    let mut seen = 0;
    for vector in vectors(include_str!("vectors/frames.txt")) {
        if vector.meaning.starts_with("refused: ") {
            continue;
        }
        let name = vector.name;
        let frame = decode(&vector.bytes).unwrap().unwrap_or_else(|| panic!("{name} is not complete"));
        assert_eq!(describe(&frame), vector.meaning, "{name}");
        assert_eq!(frame.to_bytes().unwrap(), vector.bytes, "{name}: in one piece");
        let mut encoder = FrameEncoder::new(FrameLimits::default());
        encoder.push(&frame).unwrap();
        let mut written = Vec::new();
        while !encoder.is_empty() {
            encoder.write_to(&mut written).unwrap();
        }
        assert_eq!(written, vector.bytes, "{name}: in pieces");
        seen += 1;
    }
    assert_eq!(seen, 20, "frames in the file");
}

#[test]
fn what_is_refused_is_refused_for_the_reason_and_at_the_byte_that_are_written_down() {
    let mut seen = 0;
    for vector in vectors(include_str!("vectors/frames.txt")) {
        let Some(reason) = vector.meaning.strip_prefix("refused: ") else { continue };
        let (name, last) = (vector.name, vector.bytes.len() - 1);
        assert_eq!(decode(&vector.bytes).unwrap_err().to_string(), reason, "{name}");
        // The extensions are judged together, when the last byte of the header has come.
        assert_eq!(decode(&vector.bytes[..last]), Ok(None), "{name}: a byte too soon");
        seen += 1;
    }
    assert_eq!(seen, 16, "refusals in the file");
}

/// The meaning of a header in the words of `dubbo.txt`.
fn describe_dubbo(header: &DubboHeader) -> String {
    let message = match header.message {
        DubboMessage::Request { two_way: true } => "request two-way".to_owned(),
        DubboMessage::Request { two_way: false } => "request one-way".to_owned(),
        DubboMessage::Response { status } => format!("response {status}"),
    };
    let event = if header.event { ", event" } else { "" };
    let DubboHeader { serialization, request_id, body_len, .. } = header;
    format!("{message}{event}, serialization {serialization}, id {request_id}, body {body_len}")
}

#[test]
fn we_read_and_write_dubbo_headers_as_others_do() {
    let vectors = vectors(include_str!("vectors/dubbo.txt"));
    for vector in &vectors {
        let name = vector.name;
        let bytes = vector.bytes[..].try_into().unwrap_or_else(|_| panic!("{name} has not 16 bytes"));
        let header = DubboHeader::decode(&bytes).unwrap();
        assert_eq!(describe_dubbo(&header), vector.meaning, "{name}");
        assert_eq!(header.encode(), bytes, "{name}");
    }
    assert_eq!(vectors.len(), 19, "headers in the file");
}
