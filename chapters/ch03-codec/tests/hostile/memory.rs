//! What a body may cost. The hostile tests and the fuzzer share this file.

use ch03_codec::Limits;
use ch03_codec::limits::ON_CREDIT;

/// The largest element of the types that are tried here, in bytes.
const ELEMENT: u64 = 64;

/// The most memory, in bytes, that a body of `received` bytes may take while it is decoded, the value included.
///
/// * An element takes a byte of the body at least, and [`ELEMENT`] bytes of memory. A `Vec` that grows has an
///   old and a new place, and the new one is twice as large: three times that.
/// * A text is copied, in JSON into a buffer first. One that is refused is quoted: with escapes, in a buffer
///   that grows, and in a copy for each of the libraries that stand between the value and the body.
/// * A list that announces more than has come gets room for [`ON_CREDIT`] elements, and so do those around it.
///   A hash table takes twice as many places as it has elements.
/// * Some texts of errors, and the boxes in which types are hidden from each other.
pub fn most_memory(received: usize, limits: &Limits) -> u64 {
    let (received, depth) = (received as u64, u64::from(limits.max_depth));
    let elements = received.min(limits.max_elements);
    let lists = 3 * ELEMENT * elements;
    let texts = 32 * received;
    let credit = 2 * depth * ON_CREDIT as u64 * ELEMENT;
    lists + texts + credit + BOOKKEEPING
}

/// See [`most_memory`].
const BOOKKEEPING: u64 = 16 * 1024;

/// Runs `decode`, and gives the most memory that it held at one time.
pub fn peak(decode: impl FnOnce()) -> u64 {
    allocation_counter::measure(decode).bytes_max
}
