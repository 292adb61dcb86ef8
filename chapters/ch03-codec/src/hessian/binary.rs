//! `binary`: bytes, in chunks when there are many. [S-06]

use std::borrow::Cow;

use super::error::Error;
use super::reader::Reader;
use super::tag;
use crate::limits::Budget;

/// The longest chunk that we write. Java's is what its buffer of 8192 bytes holds beside the three of the head.
pub const CHUNK: usize = 8189;

const EXPECTED: &str = "a binary";

/// Appends `bytes`, in chunks of [`CHUNK`].
pub fn write(out: &mut Vec<u8>, mut bytes: &[u8]) {
    while bytes.len() > CHUNK {
        let (chunk, rest) = bytes.split_at(CHUNK);
        out.push(tag::BINARY_CHUNK);
        out.extend((CHUNK as u16).to_be_bytes());
        out.extend_from_slice(chunk);
        bytes = rest;
    }
    let [high, low] = (bytes.len() as u16).to_be_bytes();
    match bytes.len() {
        0..=15 => out.push(tag::BINARY + low),
        16..=1023 => out.extend([tag::BINARY_SHORT + high, low]),
        _ => out.extend([tag::BINARY_LAST, high, low]),
    }
    out.extend_from_slice(bytes);
}

/// Reads a binary. It is borrowed when it came in one chunk.
///
/// # Errors
/// [`Error::Unexpected`] when the next value is none, [`Error::End`], [`Error::Limit`].
pub fn read<'de>(reader: &mut Reader<'de>, budget: &Budget) -> Result<Cow<'de, [u8]>, Error> {
    let (chunk, mut last) = read_chunk(reader, budget, 0)?;
    let mut bytes = Cow::Borrowed(chunk);
    while !last {
        let chunk;
        (chunk, last) = read_chunk(reader, budget, bytes.len())?;
        bytes.to_mut().extend_from_slice(chunk);
    }
    Ok(bytes)
}

/// The next chunk, and whether it is the last; `before` is how many bytes came before it.
fn read_chunk<'de>(
    reader: &mut Reader<'de>,
    budget: &Budget,
    before: usize,
) -> Result<(&'de [u8], bool), Error> {
    let at = reader.at();
    let tag = reader.byte(EXPECTED)?;
    let length = match tag {
        0x20..=0x2F => usize::from(tag - tag::BINARY),
        0x34..=0x37 => usize::from(tag - tag::BINARY_SHORT) << 8 | usize::from(reader.byte(EXPECTED)?),
        tag::BINARY_CHUNK | tag::BINARY_LAST => usize::from(u16::from_be_bytes(reader.array(EXPECTED)?)),
        _ => return Err(Error::Unexpected { at, tag, expected: EXPECTED }),
    };
    budget.text((before + length) as u64)?;
    Ok((reader.take(length, EXPECTED)?, tag != tag::BINARY_CHUNK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn every_length_comes_back() {
        let all: Vec<u8> = (0..=255).cycle().take(3 * CHUNK).collect();
        for (length, head) in [
            (0, &[0x20][..]),
            (15, &[0x2F]),
            (16, &[0x34, 16]),
            (1023, &[0x37, 0xFF]),
            (1024, &[b'B', 4, 0]),
            (CHUNK, &[b'B', 0x1F, 0xFD]),
            (CHUNK + 1, &[b'A', 0x1F, 0xFD]),
            (3 * CHUNK, &[b'A', 0x1F, 0xFD]),
        ] {
            let mut out = Vec::new();
            write(&mut out, &all[..length]);
            assert!(out.starts_with(head), "{length} bytes begin with {:02x?}", &out[..3]);
            let back = read(&mut Reader::new(&out), &Budget::new(&Limits::default())).unwrap();
            assert!(*back == all[..length], "{length} bytes");
            assert_eq!(matches!(back, Cow::Borrowed(_)), length <= CHUNK, "{length} bytes");
        }
    }

    #[test]
    fn many_chunks_cannot_be_longer_than_one_may_be() {
        let budget = Budget::new(&Limits { max_text: 5, ..Limits::default() });
        let bytes = [b'A', 0, 3, 1, 2, 3, 0x23, 4, 5, 6];
        let error = read(&mut Reader::new(&bytes), &budget).unwrap_err();
        assert_eq!(error.to_string(), "text too long: 6 bytes, at most 5");
    }
}
