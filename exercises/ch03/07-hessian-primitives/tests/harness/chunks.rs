//! What is wrong with a text that you have written: its chunks, taken apart.

use hessian_primitives::CHUNK;

/// How many units each chunk of a text has. An error if the heads and what stands behind them do not agree.
fn chunks(mut bytes: &[u8]) -> Result<Vec<usize>, Broken> {
    let mut lengths = Vec::new();
    loop {
        let (units, rest) = match bytes {
            [units @ 0x00..=0x1F, rest @ ..] => (usize::from(*units), rest),
            [high @ 0x30..=0x33, low, rest @ ..] => {
                (usize::from(high - 0x30) * 256 + usize::from(*low), rest)
            }
            [b'R' | b'S', high, low, rest @ ..] => (usize::from(*high) * 256 + usize::from(*low), rest),
            [] => return Err(Broken::NoLast),
            _ => return Err(Broken::Head),
        };
        let last = bytes[0] != b'R';
        bytes = rest;
        for _ in 0..units {
            let length = match bytes.first() {
                Some(0x00..=0x7F) => 1,
                Some(0xC0..=0xDF) => 2,
                Some(0xE0..=0xEF) => 3,
                _ => return Err(Broken::Units { announced: units }),
            };
            bytes = bytes.get(length..).ok_or(Broken::Units { announced: units })?;
        }
        lengths.push(units);
        match (last, bytes.is_empty()) {
            (true, true) => return Ok(lengths),
            (true, false) => return Err(Broken::Units { announced: units }),
            (false, _) => {}
        }
    }
}

/// Why bytes are no text.
enum Broken {
    /// Where a head should be there is none.
    Head,
    /// A head says another number of units than stand behind it.
    Units { announced: usize },
    /// After an 'R' nothing comes.
    NoLast,
}

/// The likely cause why `got` was written for `text`, and not `expected`.
pub fn cause(text: &str, expected: &[u8], got: &[u8]) -> &'static str {
    let units = text.encode_utf16().count();
    let head = |bytes: &[u8]| [0, 1, 2].map(|at| bytes.get(at).copied());
    let [tag, high, low] = head(expected);
    if got.is_empty() && text.is_empty() {
        return "Nothing was written. An empty text is a text: of 0 units. Its head says so, one byte.";
    } else if got.first() == Some(&b'N') {
        return "4e is null. An empty text is a text: of 0 units.";
    } else if expected.starts_with(got) {
        return "The end is missing. Are the units of the last chunk written behind its head?";
    } else if got.contains(&0xF0) && !expected.contains(&0xF0) {
        return "f0 begins a character of four bytes, as UTF-8 has it. Hessian writes the two halves, each in \
                three bytes: `write_units` does that.";
    } else if high != low && head(got) == [tag, low, high] {
        return "The length has two bytes, and the larger one comes first: big endian.";
    }
    let should = chunks(expected).unwrap_or_default();
    match chunks(got) {
        Ok(_) | Err(Broken::Head) if units <= 1024 => {
            "The form of the head is not right. Up to 31 units: one byte. Up to 1023: 30 with \
             the high byte of the length added, and the low byte. Up to 32,768: 'S' and two bytes. Only what \
             is longer needs an 'R' before it."
        }
        Ok(is) if is == should => {
            "The text is cut in the right places; the form of a head is not right. The last chunk has no 'R', \
             but the shortest form that fits: one byte up to 31 units, 30 to 33 and a byte up to 1023, 'S' \
             and two bytes above."
        }
        Ok(is) if units > text.chars().count() && cuts_pairs_otherwise(&should, &is) => {
            "A reader who makes a text of each chunk would find half a character at its end. When the last \
             unit of a full chunk is the first half of a pair (d800 to dbff), leave it for the next chunk. An \
             emoji that fits is not moved."
        }
        Ok(_) => {
            "Each chunk with an 'R' has 32,768 units, and one less only where a pair would be cut; the text \
             goes on in the next while more than 32,768 are left. Up to 32,768 are one chunk. Only what is \
             longer needs an 'R' before it."
        }
        Err(Broken::NoLast) => {
            "Behind an 'R' another chunk comes, so the last one must not be an 'R': it takes the shortest form \
             that fits, also when it is full. Only what is longer needs an 'R' before it."
        }
        Err(Broken::Units { announced })
            if units <= CHUNK && (announced == text.len() || announced == text.chars().count()) =>
        {
            "The length counts UTF-16 units: not bytes, and not characters. `units.len()` it is."
        }
        Err(Broken::Units { .. }) => {
            "A head says that its chunk has another length: it counts the units that are in it, not the bytes, \
             not the characters, and not what is still left. With two bytes, the larger one comes first. And \
             while more than 32,768 units are left, another 'R' of 32,768 comes."
        }
        Err(Broken::Head) => {
            "Where a chunk should begin there is no head of a text: 00 to 1f, 30 to 33 and one byte, 'S' and \
             two bytes, and 'R' and two bytes for a chunk behind which another follows."
        }
    }
}

/// Whether some chunk is longer or shorter by one than it should be, at the border where pairs are cut.
fn cuts_pairs_otherwise(should: &[usize], is: &[usize]) -> bool {
    let first = should.iter().zip(is).find(|(should, is)| should != is);
    first.is_some_and(|(&should, &is)| should.abs_diff(is) == 1 && should.max(is) == CHUNK)
}
