//! `int`, 32 bits: small numbers share their byte with the tag. [S-06]

use super::error::Error;
use super::reader::Reader;
use super::tag;

/// Appends `value` in its shortest form.
///
/// A two-byte form puts the high bits of the number into the tag, around the tag of zero: `0xc8 + (value >> 8)`.
// ANCHOR: write
#[inline]
pub fn write(out: &mut Vec<u8>, value: i32) {
    let [_, high, mid, low] = value.to_be_bytes();
    match value {
        -0x10..=0x2F => out.push(tag::INT_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend_from_slice(&[tag::INT_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend_from_slice(&[tag::INT_SHORT.wrapping_add(high), mid, low]),
        _ => {
            out.push(tag::INT);
            out.extend_from_slice(&value.to_be_bytes());
        }
    }
}
// ANCHOR_END: write

/// Reads an int in any of its forms.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none, [`Error::End`].
#[inline]
pub fn read(reader: &mut Reader<'_>) -> Result<i32, Error> {
    const EXPECTED: &str = "an int";
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
}

/// Appends a count.
///
/// # Errors
/// [`Error::TooLong`] when it does not fit an int.
#[inline]
pub(super) fn write_count(out: &mut Vec<u8>, count: usize) -> Result<(), Error> {
    write(out, i32::try_from(count).map_err(|_| Error::TooLong { count })?);
    Ok(())
}

/// Reads the number of elements that follow. Each takes a byte at least, so a larger number than there are
/// bytes is a lie, and is refused before anybody makes room for it. [S-11]
#[inline]
pub(super) fn read_count(reader: &mut Reader<'_>) -> Result<usize, Error> {
    let count = read(reader)?;
    let left = reader.rest().len();
    match usize::try_from(count) {
        Ok(count) if count <= left => Ok(count),
        _ => Err(Error::Count { at: reader.at(), count, left }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_ends_where_the_next_begins() {
        for (value, length) in [
            (-16, 1),
            (47, 1),
            (-17, 2),
            (48, 2),
            (-2048, 2),
            (2047, 2),
            (-2049, 3),
            (2048, 3),
            (-262_144, 3),
            (262_143, 3),
            (-262_145, 5),
            (262_144, 5),
            (i32::MIN, 5),
            (i32::MAX, 5),
        ] {
            let mut out = Vec::new();
            write(&mut out, value);
            assert_eq!(out.len(), length, "{value} is {out:02x?}");
            let mut reader = Reader::new(&out);
            assert_eq!(read(&mut reader).unwrap(), value);
            assert!(reader.end().is_ok(), "{value}");
        }
    }

    #[test]
    fn longer_forms_than_needed_are_read_too() {
        for bytes in [&[0x97][..], &[0xC8, 7], &[0xD4, 0, 7], &[b'I', 0, 0, 0, 7]] {
            assert_eq!(read(&mut Reader::new(bytes)).unwrap(), 7);
        }
    }

    #[test]
    fn a_count_is_not_believed() {
        assert_eq!(read_count(&mut Reader::new(&[0x91, 0])).unwrap(), 1);
        for lie in [&[0x91][..], &[0x8F, 0], &[b'I', 0x7F, 0xFF, 0xFF, 0xFF, 0]] {
            assert!(matches!(read_count(&mut Reader::new(lie)), Err(Error::Count { .. })), "{lie:x?}");
        }
    }
}
