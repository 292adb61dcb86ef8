//! `long`, 64 bits: the same idea as [`int`](super::int) with other tags. [S-06]

use super::error::Error;
use super::reader::Reader;
use super::tag;

/// Appends `value` in its shortest form.
#[inline]
pub fn write(out: &mut Vec<u8>, value: i64) {
    let [.., high, mid, low] = value.to_be_bytes();
    match value {
        -0x08..=0x0F => out.push(tag::LONG_ZERO.wrapping_add(low)),
        -0x800..=0x7FF => out.extend_from_slice(&[tag::LONG_BYTE.wrapping_add(mid), low]),
        -0x4_0000..=0x3_FFFF => out.extend_from_slice(&[tag::LONG_SHORT.wrapping_add(high), mid, low]),
        _ => match i32::try_from(value) {
            Ok(int) => {
                out.push(tag::LONG_INT);
                out.extend_from_slice(&int.to_be_bytes());
            }
            Err(_) => {
                out.push(tag::LONG);
                out.extend_from_slice(&value.to_be_bytes());
            }
        },
    }
}

/// Reads a long in any of its forms.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none, [`Error::End`].
#[inline]
pub fn read(reader: &mut Reader<'_>) -> Result<i64, Error> {
    const EXPECTED: &str = "a long";
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        0xD8..=0xEF => i64::from(tag) - i64::from(tag::LONG_ZERO),
        0xF0..=0xFF => {
            ((i64::from(tag) - i64::from(tag::LONG_BYTE)) << 8) | i64::from(reader.byte(EXPECTED)?)
        }
        0x38..=0x3F => {
            let low = u16::from_be_bytes(reader.array(EXPECTED)?);
            ((i64::from(tag) - i64::from(tag::LONG_SHORT)) << 16) | i64::from(low)
        }
        tag::LONG_INT => i64::from(i32::from_be_bytes(reader.array(EXPECTED)?)),
        tag::LONG => i64::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_ends_where_the_next_begins() {
        for (value, length) in [
            (-8, 1),
            (15, 1),
            (-9, 2),
            (16, 2),
            (-2048, 2),
            (2047, 2),
            (-2049, 3),
            (2048, 3),
            (-262_144, 3),
            (262_143, 3),
            (-262_145, 5),
            (262_144, 5),
            (i64::from(i32::MIN), 5),
            (i64::from(i32::MAX), 5),
            (i64::from(i32::MIN) - 1, 9),
            (i64::from(i32::MAX) + 1, 9),
            (i64::MIN, 9),
            (i64::MAX, 9),
        ] {
            let mut out = Vec::new();
            write(&mut out, value);
            assert_eq!(out.len(), length, "{value} is {out:02x?}");
            let mut reader = Reader::new(&out);
            assert_eq!(read(&mut reader).unwrap(), value);
            assert!(reader.end().is_ok(), "{value}");
        }
    }
}
