//! `date`: milliseconds since 1970, or minutes when nothing is lost. [S-06]

use super::error::Error;
use super::reader::Reader;
use super::tag;

const MS_PER_MINUTE: i64 = 60_000;

/// Appends a date, in whole minutes if it is one and they fit 32 bits.
pub fn write(out: &mut Vec<u8>, ms: i64) {
    match i32::try_from(ms / MS_PER_MINUTE) {
        Ok(minutes) if ms % MS_PER_MINUTE == 0 => {
            out.push(tag::DATE_MINUTES);
            out.extend(minutes.to_be_bytes());
        }
        _ => {
            out.push(tag::DATE);
            out.extend(ms.to_be_bytes());
        }
    }
}

/// Reads a date in either form, as milliseconds.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none, [`Error::End`].
pub fn read(reader: &mut Reader<'_>) -> Result<i64, Error> {
    const EXPECTED: &str = "a date";
    let at = reader.at();
    Ok(match reader.byte(EXPECTED)? {
        tag::DATE => i64::from_be_bytes(reader.array(EXPECTED)?),
        tag::DATE_MINUTES => i64::from(i32::from_be_bytes(reader.array(EXPECTED)?)) * MS_PER_MINUTE,
        tag => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_only_when_nothing_is_lost() {
        let last = i64::from(i32::MAX) * MS_PER_MINUTE;
        for (ms, length) in [
            (0, 5),
            (60_000, 5),
            (-60_000, 5),
            (1, 9),
            (-1, 9),
            (59_999, 9),
            (last, 5),
            (last + MS_PER_MINUTE, 9),
            (i64::MIN, 9),
            (i64::MAX, 9),
        ] {
            let mut out = Vec::new();
            write(&mut out, ms);
            assert_eq!(out.len(), length, "{ms} is {out:02x?}");
            assert_eq!(read(&mut Reader::new(&out)).unwrap(), ms);
        }
    }
}
