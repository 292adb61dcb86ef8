//! 03-01 Varint and zigzag.
//!
//! A whole number in as few bytes as it needs. Every byte carries seven bits of the number, the lowest seven
//! first; its high bit says that more will come.
//!
//! ```text
//!   300 = 0b10_0101100    →    1_0101100  0_0000010    =    ac 02
//!                              │ └ the lowest seven bits
//!                              └ more will come        (0 in the last byte: this is the end)
//! ```
//!
//! A negative number has its highest bit set, so it would always need ten bytes. Zigzag folds the sign into
//! the lowest bit first: 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 …
#![forbid(unsafe_code)]
#![allow(clippy::ptr_arg)] // An open hole does not append yet.

use ch03_codec::tagged::varint::{MAX_LEN, VarintError};

/// Appends `value` to `out`, in its shortest form.
pub fn write(value: u64, out: &mut Vec<u8>) {
    // YOUR CODE write: seven bits a byte, the lowest first; the high bit says that more will come.
    let mut left = value;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
    // END YOUR CODE
}

/// Takes a number off the front of `input`. After an error `input` is as it was.
///
/// # Errors
/// [`VarintError`].
pub fn read(input: &mut &[u8]) -> Result<u64, VarintError> {
    // YOUR CODE read: put the groups together; refuse what is cut, too long, or longer than it must be.
    let mut value = 0;
    for (index, &byte) in input.iter().enumerate() {
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
    // END YOUR CODE
}

/// Folds the sign into the lowest bit: 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 …
pub fn zigzag(value: i64) -> u64 {
    // YOUR CODE zigzag: one place up; turn all bits round if the number is negative.
    ((value << 1) ^ (value >> 63)) as u64
    // END YOUR CODE
}

/// The way back.
pub fn unzigzag(value: u64) -> i64 {
    // YOUR CODE unzigzag: one place down; turn all bits round if the lowest bit was set.
    (value >> 1) as i64 ^ -((value & 1) as i64)
    // END YOUR CODE
}
