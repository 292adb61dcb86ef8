//! Bytes with their meaning beside them, for people: what the formats' own `dump` functions give.

use std::fmt::Write as _;

/// Some bytes that belong together, and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where they begin, counted from the beginning of the input.
    pub at: usize,
    /// The bytes themselves.
    pub bytes: Vec<u8>,
    /// How deep the value is nested; shown as indentation.
    pub depth: usize,
    /// What they say; after `fault: `, why a decoder would refuse them.
    pub meaning: String,
}

impl Line {
    /// Whether it says why nothing can be said: a decoder would refuse these bytes.
    pub fn is_fault(&self) -> bool {
        self.meaning.starts_with("fault: ")
    }
}

/// One line of text for each [`Line`], eight bytes in a row, a longer one on several rows.
///
/// ```text
///   0000  0a 04                      record of 4 fields
///   0002  13 07                        1: unsigned 7
/// ```
pub fn show(lines: &[Line]) -> String {
    let mut text = String::new();
    for line in lines {
        for (row, bytes) in line.bytes.chunks(8).enumerate() {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let meaning = if row == 0 { line.meaning.as_str() } else { "" };
            let row = format!(
                "{:04x}  {:<23}  {:indent$}{meaning}",
                line.at + row * 8,
                hex.join(" "),
                "",
                indent = line.depth * 2
            );
            writeln!(text, "{}", row.trim_end()).expect("a String takes everything");
        }
        if line.bytes.is_empty() {
            writeln!(text, "{:04x}  {:<23}  {}", line.at, "", line.meaning)
                .expect("a String takes everything");
        }
    }
    text
}
