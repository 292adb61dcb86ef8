//! 03-07 Hessian integers and strings.
//!
//! The first byte of a value says what it is, and of a small number also how much.
//!
//! ```text
//!   int                                          text
//!   80–bf                -16 … 47                00–1f            0 to 31 units
//!   c0–cf  +1 byte     -2048 … 2047              30–33  +1 byte   up to 1023 units
//!   d0–d7  +2 bytes  -262144 … 262143            'S'    +2 bytes  up to 32768 units, and all others
//!   'I'    +4 bytes  all others                  'R'    +2 bytes  a chunk of it; another chunk follows
//! ```
//!
//! A unit is what Java calls a `char`: 16 bits. A character beyond U+FFFF, such as an emoji, is two of them.
#![forbid(unsafe_code)]
#![allow(clippy::ptr_arg)] // An open hole does not append yet.

use ch03_codec::hessian::{Error, Reader, tag};

/// The most units that a chunk has when we write it: Java's number.
pub const CHUNK: usize = 0x8000;

/// Appends `value` in its shortest form.
pub fn write_int(out: &mut Vec<u8>, value: i32) {
    // YOUR CODE write_int: four forms; the first byte of the short ones holds the high part of the number.
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend([tag::INT_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend([tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend(value.to_be_bytes());
        }
    }
    // END YOUR CODE
}

/// Reads an int in any of its forms, also in one that is longer than need be.
///
/// # Errors
/// [`Error::Unexpected`] when another value comes, [`Error::End`].
pub fn read_int(reader: &mut Reader<'_>) -> Result<i32, Error> {
    const EXPECTED: &str = "an int";
    // YOUR CODE read_int: the same four, the other way round.
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        0x80..=0xBF => i32::from(tag) - i32::from(tag::INT_ZERO),
        0xC0..=0xCF => ((i32::from(tag) - i32::from(tag::INT_BYTE)) << 8) | i32::from(reader.byte(EXPECTED)?),
        0xD0..=0xD7 => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i32::from(tag) - i32::from(tag::INT_SHORT)) << 16) | i32::from(low)
        }
        tag::INT => i32::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
    // END YOUR CODE
}

/// Appends `text`, in chunks of [`CHUNK`] units, or one less where a pair would be cut.
pub fn write_string(out: &mut Vec<u8>, text: &str) {
    let units: Vec<u16> = text.encode_utf16().collect();
    // YOUR CODE write_string: 'R' while there is too much; then the last chunk, in the shortest of three forms.
    let mut rest = &units[..];
    while rest.len() > CHUNK {
        let high = matches!(rest[CHUNK - 1], 0xD800..=0xDBFF);
        let (chunk, after) = rest.split_at(if high { CHUNK - 1 } else { CHUNK });
        out.push(tag::TEXT_CHUNK);
        out.extend((chunk.len() as u16).to_be_bytes());
        write_units(out, chunk);
        rest = after;
    }
    let [high, low] = (rest.len() as u16).to_be_bytes();
    match rest.len() {
        0..=31 => out.push(tag::TEXT + low),
        32..=1023 => out.extend([tag::TEXT_SHORT + high, low]),
        _ => out.extend([tag::TEXT_LAST, high, low]),
    }
    write_units(out, rest);
    // END YOUR CODE
}

/// Reads a text, with all of its chunks.
///
/// # Errors
/// [`Error::Unexpected`] when another value comes, [`Error::End`], [`Error::NotUtf8`], [`Error::LoneSurrogate`].
pub fn read_string(reader: &mut Reader<'_>) -> Result<String, Error> {
    // YOUR CODE read_string: the units of all chunks; then pairs become characters.
    let at = reader.at();
    let mut units = Vec::new();
    loop {
        let (count, last) = read_head(reader)?;
        for _ in 0..count {
            units.push(read_unit(reader)?);
        }
        if last {
            let text: Result<String, _> = char::decode_utf16(units).collect();
            return text.map_err(|half| Error::LoneSurrogate { at, unit: half.unpaired_surrogate() });
        }
    }
    // END YOUR CODE
}

/// How many units the next chunk of a text has, and whether it is the last.
fn read_head(reader: &mut Reader<'_>) -> Result<(usize, bool), Error> {
    const EXPECTED: &str = "a text";
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    let units = match tag {
        0x00..=0x1F => usize::from(tag),
        0x30..=0x33 => usize::from(u16::from_be_bytes([tag - tag::TEXT_SHORT, reader.byte(EXPECTED)?])),
        tag::TEXT_CHUNK | tag::TEXT_LAST => usize::from(u16::from_be_bytes(reader.array(EXPECTED)?)),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    };
    Ok((units, tag != tag::TEXT_CHUNK))
}

/// The next unit: one, two or three bytes.
fn read_unit(reader: &mut Reader<'_>) -> Result<u16, Error> {
    const EXPECTED: &str = "a character";
    let at = reader.at();
    let first = reader.byte(EXPECTED)?;
    // What its own bits begin with, how many bytes follow, and the least that is worth so many.
    let (mut unit, more, least) = match first {
        0x00..=0x7F => (u16::from(first), 0, 0),
        0xC0..=0xDF => (u16::from(first & 0x1F), 1, 0x80),
        0xE0..=0xEF => (u16::from(first & 0x0F), 2, 0x800),
        _ => return Err(Error::NotUtf8 { at }),
    };
    for _ in 0..more {
        let byte = reader.byte(EXPECTED)?;
        if !matches!(byte, 0x80..=0xBF) {
            return Err(Error::NotUtf8 { at });
        }
        unit = (unit << 6) | u16::from(byte & 0x3F);
    }
    if unit < least { Err(Error::NotUtf8 { at }) } else { Ok(unit) }
}

/// Each unit in one, two or three bytes, as UTF-8 writes a character of that number. It also writes halves of
/// a pair so, which UTF-8 forbids: that is CESU-8.
fn write_units(out: &mut Vec<u8>, units: &[u16]) {
    for &unit in units {
        let six_bits = |shift: u32| 0x80 | ((unit >> shift) & 0x3F) as u8;
        match unit {
            0x0000..=0x007F => out.push(unit as u8),
            0x0080..=0x07FF => out.extend([0xC0 | (unit >> 6) as u8, six_bits(0)]),
            0x0800..=0xFFFF => out.extend([0xE0 | (unit >> 12) as u8, six_bits(6), six_bits(0)]),
        }
    }
}
