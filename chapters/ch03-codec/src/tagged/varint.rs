//! Whole numbers in as few bytes as they need. [S-01]

/// The longest varint of 64 bits: nine bytes carry 63 bits, the tenth the last one.
pub const MAX_LEN: usize = 10;

/// Bytes that are no varint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VarintError {
    /// The input ends before a byte without the continuation bit.
    #[error("the input ends inside of a varint")]
    Truncated,
    /// More than 64 bits.
    #[error("a varint of more than 64 bits")]
    TooLong,
    /// The last byte adds nothing: the same number has a shorter form. One value, one form: otherwise two
    /// messages that mean the same would differ in their bytes, and checksums, caches and signatures with
    /// them.
    #[error("a varint that is longer than it must be")]
    NotShortest,
}

/// Appends `value`, seven bits a byte, the lowest first. The high bit of a byte says: more to come.
///
/// ```text
///   300 = 0b10_0101100    →    1_0101100  0_0000010    =    ac 02
///                              └ more     └ the end
/// ```
// ANCHOR: write
#[inline]
pub fn write(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
// ANCHOR_END: write

/// Takes a varint off the front of `input`. After an error `input` is as it was.
///
/// # Errors
/// [`VarintError`].
// ANCHOR: read
#[inline]
pub fn read(input: &mut &[u8]) -> Result<u64, VarintError> {
    let mut value = 0;
    for (index, &byte) in input.iter().take(MAX_LEN).enumerate() {
        // The tenth byte has room for one bit.
        if index == MAX_LEN - 1 && byte > 1 {
            return Err(VarintError::TooLong);
        }
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            if byte == 0 && index > 0 {
                return Err(VarintError::NotShortest);
            }
            *input = &input[index + 1..];
            return Ok(value);
        }
    }
    Err(VarintError::Truncated)
}
// ANCHOR_END: read

/// Folds the sign into the lowest bit, so that small negative numbers are small: 0, -1, 1, -2 … become
/// 0, 1, 2, 3 …
// ANCHOR: zigzag
pub fn zigzag(value: i64) -> u64 {
    // The arithmetic shift makes 0 of a positive number, and all ones of a negative.
    ((value << 1) ^ (value >> 63)) as u64
}

/// The way back.
pub fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
// ANCHOR_END: zigzag

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: u64) -> Vec<u8> {
        let mut out = Vec::new();
        write(value, &mut out);
        out
    }

    #[test]
    fn every_border_of_length_goes_there_and_back() {
        for bits in 0..64 {
            for value in [1u64 << bits, (1 << bits) - 1, u64::MAX >> bits] {
                let bytes = bytes(value);
                assert_eq!(bytes.len(), (64 - value.leading_zeros()).div_ceil(7).max(1) as usize, "{value}");
                let mut input = &bytes[..];
                assert_eq!(read(&mut input), Ok(value));
                assert!(input.is_empty());
                for cut in 0..bytes.len() {
                    assert_eq!(read(&mut &bytes[..cut]), Err(VarintError::Truncated));
                }
            }
        }
        assert_eq!(bytes(300), [0xac, 0x02]);
        assert_eq!(bytes(u64::MAX).len(), MAX_LEN);
    }

    #[test]
    fn what_is_too_long_is_refused_and_nothing_is_taken() {
        for (bytes, error) in [
            (&[0x80, 0x00][..], VarintError::NotShortest),
            (&[0xff, 0x80, 0x00], VarintError::NotShortest),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], VarintError::TooLong),
            (&[0x80; 11], VarintError::TooLong),
        ] {
            let mut input = bytes;
            assert_eq!(read(&mut input), Err(error), "{bytes:x?}");
            assert_eq!(input.len(), bytes.len());
        }
    }

    #[test]
    fn small_numbers_of_either_sign_are_small() {
        for (value, folded) in
            [(0, 0), (-1, 1), (1, 2), (-2, 3), (i64::MAX, u64::MAX - 1), (i64::MIN, u64::MAX)]
        {
            assert_eq!(zigzag(value), folded);
            assert_eq!(unzigzag(folded), value);
        }
    }
}
