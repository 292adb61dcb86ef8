//! Bytes, drawn so that a reader can point at them.

use std::fmt::Write as _;
use std::ops::Range;

/// Sixteen bytes a row, offsets on the left, printable text on the right; below each row the notes whose
/// range begins in it. A long buffer shows its first 256 bytes and says how many it left out.
///
/// ```
/// let dump = spec_kit::hex_dump(b"hi\n", &[(2..3, "the end of the line")]);
/// assert_eq!(dump, "\
/// 0000  68 69 0a                                          |hi.|
///             ^^                                          the end of the line
/// ");
/// ```
pub fn hex_dump(bytes: &[u8], notes: &[(Range<usize>, &str)]) -> String {
    /// Enough for every message of the workshop; more would hide the point.
    const SHOWN: usize = 256;
    /// Eight bytes, a gap, eight bytes: 16 × 3 columns and the gap.
    const HEX_WIDTH: usize = 50;
    let mut out = String::new();
    for (row, chunk) in bytes[..bytes.len().min(SHOWN)].chunks(16).enumerate() {
        let start = row * 16;
        let mut hex = String::new();
        for (index, byte) in chunk.iter().enumerate() {
            let _ = write!(hex, "{byte:02x} ");
            if index == 7 {
                hex.push(' ');
            }
        }
        let text: String = chunk
            .iter()
            .map(|&byte| if byte.is_ascii_graphic() || byte == b' ' { byte as char } else { '.' })
            .collect();
        let _ = writeln!(out, "{start:04x}  {hex:HEX_WIDTH$}|{text}|");
        for (range, note) in notes.iter().filter(|(range, _)| (start..start + 16).contains(&range.start)) {
            let column = |index: usize| index * 3 + usize::from(index > 7);
            let first = column(range.start - start);
            let end = column(range.end.min(start + 16).max(range.start + 1) - 1 - start) + 2;
            let marks = format!("{}{}", " ".repeat(first), "^".repeat(end - first));
            let _ = writeln!(out, "      {marks:HEX_WIDTH$}{note}");
        }
    }
    if bytes.len() > SHOWN {
        let _ = writeln!(out, "… and {} bytes more", bytes.len() - SHOWN);
    }
    if bytes.is_empty() {
        out.push_str("(no bytes)\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_and_a_note_in_the_second() {
        let dump = hex_dump(b"0123456789abcdefXY", &[(8..10, "across the gap"), (16..18, "second row")]);
        assert_eq!(
            dump,
            "0000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n\
             \x20                              ^^^^^                    across the gap\n\
             0010  58 59                                             |XY|\n\
             \x20     ^^^^^                                             second row\n"
        );
    }

    #[test]
    fn long_input_is_cut_and_says_so() {
        assert!(hex_dump(&[0; 300], &[]).ends_with("… and 44 bytes more\n"));
        assert_eq!(hex_dump(&[], &[]), "(no bytes)\n");
    }
}
