//! Bytes, taken apart for people: every field with its place, its bytes and its meaning.

use std::fmt::{self, Write as _};

use crate::extension::{CRITICAL, EXTENSION_HEAD, number};
use crate::header::{HEADER_LEN, MAGIC, VERSION};
use crate::kind::Kind;
use crate::limits::FrameLimits;
use crate::status::Status;

/// One field of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Where it begins, counted from the beginning of the input.
    pub at: usize,
    /// Its bytes; fewer than there should be when the input ends in the middle.
    pub bytes: Vec<u8>,
    /// Its name, as in the book and in the Wireshark dissector.
    pub name: &'static str,
    /// What it says.
    pub meaning: String,
    /// Why a decoder would refuse it.
    pub fault: Option<String>,
}

/// Takes `bytes` apart, frame by frame; as far as can be, when something is wrong with them.
///
/// It never fails: a wrong field is shown with its fault. After a fault that hides where the next frame
/// begins the rest is one field, `rest`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dissection {
    /// The frames, each as its fields.
    pub frames: Vec<Vec<Field>>,
    /// How many bytes the last frame still lacks.
    pub missing: usize,
}

impl Dissection {
    /// Takes `bytes` apart.
    pub fn of(bytes: &[u8]) -> Self {
        let mut cursor = Cursor { bytes, at: 0, missing: 0, fields: Vec::new() };
        let mut frames = Vec::new();
        while cursor.at < bytes.len() {
            cursor.frame();
            frames.push(std::mem::take(&mut cursor.fields));
        }
        Self { frames, missing: cursor.missing }
    }

    /// Whether a decoder would take all of it, or wait for more.
    pub fn is_sound(&self) -> bool {
        self.frames.iter().flatten().all(|field| field.fault.is_none())
    }
}

/// The text of a [`Dissection`]: for the command line and for messages of tests.
pub fn dissect(bytes: &[u8]) -> String {
    if bytes.is_empty() { "(no bytes)\n".to_owned() } else { Dissection::of(bytes).to_string() }
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    missing: usize,
    fields: Vec<Field>,
}

impl<'a> Cursor<'a> {
    fn frame(&mut self) {
        let limits = FrameLimits::default();
        let start = self.at;
        let magic = self.field("magic", 4, |bytes| format!("{:?}", String::from_utf8_lossy(bytes)));
        self.fault(magic != &MAGIC[..magic.len()], "expected 79 72 70 63, \"yrpc\"");
        self.number(
            "version",
            1,
            |got| got.to_string(),
            |got| (got != u64::from(VERSION)).then(|| format!("expected {VERSION}")),
        );
        let mut kind = None;
        self.number("kind", 1, kind_meaning, |got| {
            kind = Kind::from_byte(got as u8);
            kind.is_none().then(|| format!("expected 1 to {}", Kind::ALL.len()))
        });
        self.number("codec", 1, |got| got.to_string(), |_| None);
        self.number("compressor", 1, |got| got.to_string(), |_| None);
        let header_len = self.number(
            "header length",
            2,
            |got| got.to_string(),
            |got| {
                let (least, most) = (HEADER_LEN as u64, u64::from(limits.max_header));
                if got < least {
                    Some(format!("expected at least {least}"))
                } else {
                    (got > most).then(|| format!("expected at most {most}"))
                }
            },
        );
        self.number(
            "status",
            2,
            |got| Status(got as u16).to_string(),
            |got| {
                let kind = kind.filter(|kind| got != 0 && !kind.has_status())?;
                Some(format!("expected 0 in a {kind}"))
            },
        );
        self.number("request id", 8, |got| got.to_string(), |_| None);
        let body_len = self.number(
            "body length",
            4,
            |got| got.to_string(),
            |got| {
                if let Some(kind) = kind.filter(|kind| got != 0 && !kind.has_body()) {
                    return Some(format!("expected 0 in a {kind}"));
                }
                (got > limits.max_body.into()).then(|| format!("expected at most {}", limits.max_body))
            },
        );
        // Where a decoder stops, nobody knows what the rest is.
        if self.fields.iter().any(|field| field.fault.is_some()) {
            self.field("rest", self.bytes.len() - self.at, text);
            return;
        }
        let header_end = start + header_len as usize;
        if !self.extensions(header_end) {
            self.field("rest", self.bytes.len() - self.at, text);
            return;
        }
        if body_len > 0 {
            self.field("body", body_len as usize, text);
        }
    }

    /// `false`: they are not well-formed.
    fn extensions(&mut self, end: usize) -> bool {
        let mut seen = Vec::new();
        while self.at < end && self.at < self.bytes.len() {
            let left = end - self.at;
            let head = &self.bytes[self.at..];
            let length =
                head.get(1..3).map_or(0, |length| usize::from(u16::from_be_bytes([length[0], length[1]])));
            let needs = EXTENSION_HEAD + length;
            let number = head[0] & !CRITICAL;
            self.field("extension", needs.min(left), |bytes| extension_meaning(number, bytes));
            self.fault(needs > left, &format!("it needs {needs} bytes, the header has {left} left"));
            self.fault(number == 0, "there is no extension number 0");
            self.fault(seen.contains(&number), &format!("number {number} comes twice"));
            seen.push(number);
            if self.fields.last().is_some_and(|field| field.fault.is_some()) {
                return false;
            }
        }
        true
    }

    /// A number of `length` bytes; 0 when they are not all there.
    fn number(
        &mut self,
        name: &'static str,
        length: usize,
        meaning: impl FnOnce(u64) -> String,
        fault: impl FnOnce(u64) -> Option<String>,
    ) -> u64 {
        let value = |bytes: &[u8]| bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        let bytes = self.field(name, length, |bytes| meaning(value(bytes)));
        if bytes.len() < length {
            return 0;
        }
        let value = value(bytes);
        if let Some(fault) = fault(value) {
            self.fault(true, &fault);
        }
        value
    }

    /// The next `length` bytes, or what there is of them.
    fn field(
        &mut self,
        name: &'static str,
        length: usize,
        meaning: impl FnOnce(&[u8]) -> String,
    ) -> &'a [u8] {
        let there = &self.bytes[self.at..];
        let bytes = &there[..length.min(there.len())];
        self.missing += length - bytes.len();
        if !bytes.is_empty() {
            let whole = bytes.len() == length;
            let meaning = if whole { meaning(bytes) } else { format!("{} of {length} bytes", bytes.len()) };
            self.fields.push(Field { at: self.at, bytes: bytes.to_vec(), name, meaning, fault: None });
        }
        self.at += bytes.len();
        bytes
    }

    fn fault(&mut self, is: bool, what: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| is && field.fault.is_none()) {
            field.fault = Some(what.to_owned());
        }
    }
}

fn kind_meaning(got: u64) -> String {
    Kind::from_byte(got as u8).map_or_else(|| got.to_string(), |kind| format!("{got} {kind}"))
}

fn extension_meaning(number: u8, bytes: &[u8]) -> String {
    let value = bytes.get(EXTENSION_HEAD..).unwrap_or_default();
    let says = match number {
        number::DEADLINE if value.len() == 8 => {
            let micros = value.iter().fold(0, |sum, &byte| (sum << 8) | u64::from(byte));
            format!("deadline, {micros} µs left")
        }
        number::TRACE if value.len() == 25 => "trace context".to_owned(),
        number::TAG => format!("tag {}", text(value)),
        number::ACCEPT => format!("accepts compressors {value:?}"),
        number::SERVICE => format!("service {}", text(value)),
        number::METHOD => format!("method {}", text(value)),
        number::METADATA => format!("metadata, {} bytes", value.len()),
        _ => format!("unknown, {} bytes", value.len()),
    };
    let critical = if bytes[0] & CRITICAL == 0 { "" } else { ", critical" };
    format!("{number} {says}{critical}")
}

/// Bytes as a person can read them: text if it is some.
fn text(bytes: &[u8]) -> String {
    /// A line of a terminal has room for so much beside the bytes.
    const SHOWN: usize = 40;
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().count() <= SHOWN => format!("{text:?}"),
        Ok(text) => format!("{:?}… {} bytes", text.chars().take(SHOWN / 2).collect::<String>(), bytes.len()),
        Err(_) => format!("{} bytes, not text", bytes.len()),
    }
}

impl fmt::Display for Dissection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Eight bytes a row, so that the request id is one row; a body shows its first four.
        const ROW: usize = 8;
        const ROWS: usize = 4;
        for (index, frame) in self.frames.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            for field in frame {
                for (row, bytes) in field.bytes.chunks(ROW).take(ROWS).enumerate() {
                    let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
                        let _ = write!(hex, "{byte:02x} ");
                        hex
                    });
                    let at = field.at + row * ROW;
                    if row > 0 {
                        writeln!(f, "{at:04x}  {}", hex.trim_end())?;
                        continue;
                    }
                    write!(f, "{at:04x}  {hex:<25}{:<15}{}", field.name, field.meaning)?;
                    match &field.fault {
                        Some(fault) => writeln!(f, "   ← {fault}")?,
                        None => writeln!(f)?,
                    }
                }
                let hidden = field.bytes.len().saturating_sub(ROW * ROWS);
                if hidden > 0 {
                    writeln!(f, "      … and {hidden} bytes more")?;
                }
            }
        }
        match self.missing {
            0 => {}
            1 => writeln!(f, "      … 1 byte is still to come")?,
            missing => writeln!(f, "      … {missing} bytes are still to come")?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extensions, Frame};

    /// The meanings of all extensions of a frame with these.
    fn meanings(extensions: Extensions) -> Vec<String> {
        let bytes = Frame::new(Kind::Request, 1, "").with_extensions(extensions).to_bytes().unwrap();
        let dissection = Dissection::of(&bytes);
        assert!(dissection.is_sound());
        let fields = dissection.frames.into_iter().flatten();
        fields.filter(|field| field.name == "extension").map(|field| field.meaning).collect()
    }

    #[test]
    fn a_call_is_named_and_its_metadata_counted() {
        let call = Extensions::none()
            .with(number::SERVICE, true, b"blue/shop.OrderService:1.0")
            .with(number::METHOD, true, b"get_order")
            .with(number::METADATA, false, b"\x05token\x00\x06s3cret");
        // A dump is pasted into tickets: of metadata it says how much there is.
        let expected = [
            r#"5 service "blue/shop.OrderService:1.0", critical"#,
            r#"6 method "get_order", critical"#,
            "7 metadata, 14 bytes",
        ];
        assert_eq!(meanings(call), expected);
    }

    #[test]
    fn names_that_are_none_stay_on_their_line() {
        let call = Extensions::none()
            .with(number::SERVICE, false, b"a\nb\x1b[2J")
            .with(number::METHOD, true, &[b'x'; 128])
            .with(number::TAG, false, b"\xff");
        let expected = [
            r#"5 service "a\nb\u{1b}[2J""#,
            r#"6 method "xxxxxxxxxxxxxxxxxxxx"… 128 bytes, critical"#,
            "3 tag 1 bytes, not text",
        ];
        assert_eq!(meanings(call), expected);
    }
}
