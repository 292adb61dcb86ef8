//! `double`, 64 bits: prices and small whole numbers are shorter. [S-06]

use super::error::Error;
use super::reader::Reader;
use super::tag;

/// Appends `value` in the form that the Java implementation takes.
///
/// Two casts of Java's are kept: whole part and thousandths are cut off, not rounded, so 1.001 takes nine bytes
/// (a thousand times it is 1000.9999999999999). One is not: Java writes -0.0 as 0.0, and the sign is lost.
// ANCHOR: write
#[inline]
pub fn write(out: &mut Vec<u8>, value: f64) {
    let whole = value as i32;
    let mills = (value * 1000.0) as i32;
    if value == 0.0 && value.is_sign_negative() {
        full(out, value);
    } else if f64::from(whole) == value && (-0x8000..0x8000).contains(&whole) {
        match whole {
            0 => out.push(tag::DOUBLE_ZERO),
            1 => out.push(tag::DOUBLE_ONE),
            -0x80..=0x7F => out.extend_from_slice(&[tag::DOUBLE_BYTE, whole as u8]),
            _ => {
                out.push(tag::DOUBLE_SHORT);
                out.extend_from_slice(&(whole as i16).to_be_bytes());
            }
        }
    } else if from_mills(mills) == value {
        out.push(tag::DOUBLE_MILLS);
        out.extend_from_slice(&mills.to_be_bytes());
    } else {
        full(out, value);
    }
}
// ANCHOR_END: write

fn full(out: &mut Vec<u8>, value: f64) {
    out.push(tag::DOUBLE);
    out.extend_from_slice(&value.to_be_bytes());
}

/// Times a thousandth, as in Java: dividing by a thousand gives another number once in a while.
fn from_mills(mills: i32) -> f64 {
    0.001 * f64::from(mills)
}

/// Reads a double in any of its forms.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none, [`Error::End`].
#[inline]
pub fn read(reader: &mut Reader<'_>) -> Result<f64, Error> {
    const EXPECTED: &str = "a double";
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    Ok(match tag {
        tag::DOUBLE_ZERO => 0.0,
        tag::DOUBLE_ONE => 1.0,
        tag::DOUBLE_BYTE => f64::from(reader.byte(EXPECTED)? as i8),
        tag::DOUBLE_SHORT => f64::from(i16::from_be_bytes(reader.array(EXPECTED)?)),
        tag::DOUBLE_MILLS => from_mills(i32::from_be_bytes(reader.array(EXPECTED)?)),
        tag::DOUBLE => f64::from_be_bytes(reader.array(EXPECTED)?),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_comes_back_and_the_form_is_the_shortest() {
        for (value, length) in [
            (0.0, 1),
            (1.0, 1),
            (-1.0, 2),
            (-128.0, 2),
            (127.0, 2),
            (128.0, 3),
            (-32_768.0, 3),
            (32_767.0, 3),
            (32_768.0, 5),
            (0.5, 5),
            (-12.25, 5),
            (2_147_483.647, 5),
            (-0.0, 9),
            (1.001, 9),
            (1e300, 9),
            (f64::MIN_POSITIVE, 9),
            (f64::INFINITY, 9),
            (f64::NEG_INFINITY, 9),
            (f64::NAN, 9),
            (-f64::NAN, 9),
        ] {
            let mut out = Vec::new();
            write(&mut out, value);
            assert_eq!(out.len(), length, "{value} is {out:02x?}");
            let back = read(&mut Reader::new(&out)).unwrap();
            assert_eq!(back.to_bits(), value.to_bits(), "{value} came back as {back}");
        }
    }
    /// 0.001 × 1009 is not 1.009 but the double beside it. Whoever divides by a thousand reads another number.
    #[test]
    fn thousandths_are_multiplied_as_in_java() {
        let written = |value| {
            let mut out = Vec::new();
            write(&mut out, value);
            out
        };
        assert_eq!(written(1.009).len(), 9);
        let mills = [tag::DOUBLE_MILLS, 0, 0, 0x03, 0xF1];
        assert_eq!(written(1.009_000_000_000_000_1), mills);
        assert_eq!(read(&mut Reader::new(&mills)).unwrap(), 1.009_000_000_000_000_1);
    }
}
