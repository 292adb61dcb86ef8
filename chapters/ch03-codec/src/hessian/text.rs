//! `string`: counted in UTF-16 units, as Java counts, and written in CESU-8. [S-06]
//!
//! Up to U+FFFF that is UTF-8. A character beyond (an emoji) is two UTF-16 units, a *surrogate pair*, and each
//! half is written as three bytes: six in all, where UTF-8 has four.
//!
//! ```text
//!   "中"   01  e4 b8 ad                   one unit, three bytes
//!   "😀"   02  ed a0 bd  ed b8 80         two units, six bytes
//! ```

use std::borrow::Cow;

use super::error::Error;
use super::joined::Joined;
use super::reader::Reader;
use super::tag;
use crate::limits::Budget;

/// The most units that a chunk has when we write it: Java's number.
pub const CHUNK: usize = 0x8000;

const EXPECTED: &str = "a text";

/// Appends `text`, in chunks of [`CHUNK`] units, or one less where a pair would be split.
#[inline]
pub fn write(out: &mut Vec<u8>, text: &str) {
    // Most texts are names: short, and ASCII, where a unit is a byte.
    if text.len() <= 31 && text.is_ascii() {
        out.push(tag::TEXT + text.len() as u8);
        return out.extend_from_slice(text.as_bytes());
    }
    write_any(out, text);
}

fn write_any(out: &mut Vec<u8>, mut text: &str) {
    let mut units = units(text);
    while units > CHUNK {
        let (chunk, rest) = text.split_at(cut(text));
        let count = self::units(chunk);
        out.push(tag::TEXT_CHUNK);
        out.extend_from_slice(&(count as u16).to_be_bytes());
        write_units(out, chunk);
        (text, units) = (rest, units - count);
    }
    let [high, low] = (units as u16).to_be_bytes();
    match units {
        0..=31 => out.push(tag::TEXT + low),
        32..=1023 => out.extend_from_slice(&[tag::TEXT_SHORT + high, low]),
        _ => out.extend_from_slice(&[tag::TEXT_LAST, high, low]),
    }
    write_units(out, text);
}

/// How many UTF-16 units a text has: two for a character of four bytes, one for any other.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() + of_four_bytes(text) }
}

/// How many characters have four bytes. Only their first byte is so large.
fn of_four_bytes(text: &str) -> usize {
    text.bytes().filter(|byte| *byte >= 0xF0).count()
}

/// Where the first chunk of a long text ends. A `char` is never cut, so neither is a pair.
fn cut(text: &str) -> usize {
    let mut units = 0;
    let mut beyond = text.char_indices().skip_while(|(_, char)| {
        units += char.len_utf16();
        units <= CHUNK
    });
    beyond.next().map_or(text.len(), |(at, _)| at)
}

/// The characters in CESU-8.
#[inline]
fn write_units(out: &mut Vec<u8>, text: &str) {
    // Only characters of four bytes look different in UTF-8.
    if text.is_ascii() || of_four_bytes(text) == 0 {
        return out.extend_from_slice(text.as_bytes());
    }
    for char in text.chars() {
        if char.len_utf16() == 1 {
            out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                out.extend([
                    0xE0 | (*unit >> 12) as u8,
                    0x80 | (*unit >> 6 & 0x3F) as u8,
                    0x80 | (*unit & 0x3F) as u8,
                ]);
            }
        }
    }
}

/// Reads a text. It is borrowed when it came in one chunk and has no surrogates: then it is UTF-8.
///
/// Characters of four bytes, as plain UTF-8 has them, are accepted and count as two units.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none; [`Error::NotUtf8`], [`Error::LoneSurrogate`],
/// [`Error::SplitCharacter`], [`Error::End`], [`Error::Limit`].
// ANCHOR: read
#[inline]
pub fn read<'de>(reader: &mut Reader<'de>, budget: &Budget) -> Result<Cow<'de, str>, Error> {
    if let Some(text) = short_ascii(reader, budget)? {
        return Ok(Cow::Borrowed(text));
    }
    read_any(reader, budget)
}

fn read_any<'de>(reader: &mut Reader<'de>, budget: &Budget) -> Result<Cow<'de, str>, Error> {
    let (mut units, mut last) = read_head(reader)?;
    if last {
        let begin = *reader;
        let bytes = chunk(reader, units, budget, 0)?;
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Ok(Cow::Borrowed(text));
        }
        *reader = begin;
    }
    let mut joined = Joined::default();
    loop {
        let at = reader.at();
        let bytes = chunk(reader, units, budget, joined.text.len())?;
        joined.append(bytes, at)?;
        if last {
            return joined.finish().map(Cow::Owned);
        }
        (units, last) = read_head(reader)?;
    }
}
// ANCHOR_END: read

/// Most texts are names: short, and ASCII, where a unit is a byte.
#[inline]
fn short_ascii<'de>(reader: &mut Reader<'de>, budget: &Budget) -> Result<Option<&'de str>, Error> {
    let [units @ 0x00..=0x1F, rest @ ..] = reader.rest() else { return Ok(None) };
    let units = usize::from(*units);
    let ascii = rest.get(..units).filter(|bytes| bytes.is_ascii());
    let Some(Ok(text)) = ascii.map(std::str::from_utf8) else { return Ok(None) };
    budget.text(units as u64)?;
    reader.take(1 + units, EXPECTED)?;
    Ok(Some(text))
}

/// How many units the next chunk has, and whether it is the last.
#[inline]
fn read_head(reader: &mut Reader<'_>) -> Result<(usize, bool), Error> {
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    let units = match tag {
        0x00..=0x1F => usize::from(tag - tag::TEXT),
        0x30..=0x33 => usize::from(tag - tag::TEXT_SHORT) << 8 | usize::from(reader.byte(EXPECTED)?),
        tag::TEXT_CHUNK | tag::TEXT_LAST => usize::from(u16::from_be_bytes(reader.array(EXPECTED)?)),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    };
    Ok((units, tag != tag::TEXT_CHUNK))
}

/// The bytes of a chunk of `units` units. How many they are, only the bytes themselves can say.
// ANCHOR: chunk
#[inline]
fn chunk<'de>(
    reader: &mut Reader<'de>,
    units: usize,
    budget: &Budget,
    before: usize,
) -> Result<&'de [u8], Error> {
    let rest = reader.rest();
    let length = match rest.get(..units) {
        Some(bytes) if bytes.is_ascii() => units,
        _ => length_of(rest, units, reader.at())?,
    };
    budget.text((before + length) as u64)?;
    reader.take(length, EXPECTED)
}

// ANCHOR: length
/// How many bytes `units` units take; beyond the end of `bytes` when they are not all there.
fn length_of(bytes: &[u8], mut units: usize, at: usize) -> Result<usize, Error> {
    let mut length = 0;
    while units > 0 {
        let (bytes, of_units) = match bytes.get(length) {
            None | Some(0x00..=0x7F) => (1, 1),
            Some(0xC2..=0xDF) => (2, 1),
            Some(0xE0..=0xEF) => (3, 1),
            Some(0xF0..=0xF4) => (4, 2),
            Some(_) => return Err(Error::NotUtf8 { at: at + length }),
        };
        length += bytes;
        units = units.checked_sub(of_units).ok_or(Error::SplitCharacter { at: at + length - bytes })?;
    }
    Ok(length)
}
// ANCHOR_END: length
// ANCHOR_END: chunk

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn written(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out, text);
        out
    }

    fn read_all(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
        let mut reader = Reader::new(bytes);
        let text = read(&mut reader, &Budget::new(&Limits::default()))?;
        reader.end()?;
        Ok(text)
    }

    #[test]
    fn heads_count_units() {
        for (text, head) in [
            (String::new(), &[0x00][..]),
            ("x".repeat(31), &[0x1F, b'x']),
            ("x".repeat(32), &[0x30, 32, b'x']),
            ("中".repeat(1023), &[0x33, 0xFF, 0xE4]),
            ("x".repeat(1024), &[b'S', 4, 0, b'x']),
            ("😀".repeat(16), &[0x30, 32, 0xED]),
            ("x".repeat(CHUNK), &[b'S', 0x80, 0]),
            ("x".repeat(CHUNK + 1), &[b'R', 0x80, 0]),
        ] {
            let bytes = written(&text);
            assert!(bytes.starts_with(head), "{} units: {:02x?}", units(&text), &bytes[..bytes.len().min(4)]);
            assert_eq!(read_all(&bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_utf8_is_borrowed() {
        for text in ["", "laowang", "老王", "naïve"] {
            assert!(matches!(read_all(&written(text)), Ok(Cow::Borrowed(back)) if back == text), "{text}");
        }
        assert!(matches!(read_all(&written("a😀")), Ok(Cow::Owned(back)) if back == "a😀"));
    }

    #[test]
    fn a_pair_is_never_split_when_written() {
        let text = "x".repeat(CHUNK - 1) + "😀y";
        let bytes = written(&text);
        assert_eq!(bytes[..3], [b'R', 0x7F, 0xFF]);
        assert_eq!(bytes[3 + CHUNK - 1..], [0x03, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, b'y']);
        assert_eq!(read_all(&bytes).unwrap(), text);
    }

    #[test]
    fn a_pair_that_somebody_split_is_joined() {
        let bytes = [b'R', 0, 1, 0xED, 0xA0, 0xBD, 0x01, 0xED, 0xB8, 0x80];
        assert_eq!(read_all(&bytes).unwrap(), "😀");
    }

    #[test]
    fn plain_utf8_is_accepted_as_two_units() {
        assert_eq!(read_all(&[0x03, b'a', 0xF0, 0x9F, 0x98, 0x80]).unwrap(), "a😀");
        assert!(matches!(read_all(&[0x01, 0xF0, 0x9F, 0x98, 0x80]), Err(Error::SplitCharacter { at: 1 })));
    }

    #[test]
    fn malformed_text_is_refused_with_its_place() {
        for (bytes, message) in [
            (
                &[0x01, 0xED, 0xA0, 0xBD][..],
                "half a character at byte 1: the surrogate 0xd83d has no partner",
            ),
            (&[0x01, 0xED, 0xB8, 0x80], "half a character at byte 1: the surrogate 0xde00 has no partner"),
            (
                &[0x03, b'a', 0xED, 0xA0, 0xBD, b'b'],
                "half a character at byte 2: the surrogate 0xd83d has no partner",
            ),
            (
                &[0x03, 0xED, 0xA0, 0xBD, b'b', 0xED, 0xB8, 0x80],
                "half a character at byte 1: the surrogate 0xd83d has no partner",
            ),
            (&[0x01, 0xED, 0xA0], "the message ends at byte 3, where a text was expected"),
            (&[0x02, b'a', 0x80], "the text is not UTF-8 at byte 2"),
            (&[0x01, 0xC0, 0x80], "the text is not UTF-8 at byte 1"),
            (&[0x01, 0xE0, 0x80, 0x80], "the text is not UTF-8 at byte 1"),
            (&[0x02, 0xF4, 0x90, 0x80, 0x80], "the text is not UTF-8 at byte 1"),
            (&[0x01, 0xC3, b'x'], "the text is not UTF-8 at byte 1"),
            (&[0x02, b'a'], "the message ends at byte 2, where a text was expected"),
            (&[b'R', 0, 1, b'a'], "the message ends at byte 4, where a text was expected"),
            (&[b'R', 0, 1, b'a', 0x97], "expected a text at byte 4, found 0x97: an int"),
        ] {
            assert_eq!(read_all(bytes).unwrap_err().to_string(), message, "{bytes:02x?}");
        }
    }

    #[test]
    fn many_chunks_cannot_be_longer_than_one_may_be() {
        let budget = Budget::new(&Limits { max_text: 5, ..Limits::default() });
        let bytes = [b'R', 0, 3, b'a', b'b', b'c', 0x03, b'd', b'e', b'f'];
        let error = read(&mut Reader::new(&bytes), &budget).unwrap_err();
        assert_eq!(error.to_string(), "text too long: 6 bytes, at most 5");
    }
}
