//! A few bytes that announce much.

use std::collections::HashMap;

use ch03_codec::limits::ON_CREDIT;
use ch03_codec::{CodecError, CodecTable, LimitError, Limits};
use serde_bytes::ByteBuf;

use crate::memory::peak;
use crate::targets::{Decode, Tree, decode};

/// The largest number that each format can announce: some 2^60, 2^31 in Hessian2. JSON announces nothing.
const MUCH: [(&str, &[u8]); 4] = [
    ("hessian2", b"I\x7f\xff\xff\xff"),
    ("bincode", b"\xfd\xff\xff\xff\xff\xff\xff\xff\x0f"),
    ("postcard", b"\xff\xff\xff\xff\xff\xff\xff\xff\x0f"),
    ("tagged", b"\xff\xff\xff\xff\xff\xff\xff\xff\x0f"),
];

/// What stands before the count of a list, a map, a text and bytes.
fn kinds(codec: &str) -> [&'static [u8]; 4] {
    match codec {
        "hessian2" => [b"X", b"H", b"", b""], // Maps have no count, and texts one of 16 bits.
        "tagged" => [b"\x08", b"\x09", b"\x06", b"\x07"],
        _ => [b"", b"", b"", b""],
    }
}

/// What is kept beside the elements: boxes of erased-serde, and the text of the error.
const BOOKKEEPING: u64 = 4096;

#[test]
fn nobody_believes_what_is_announced() {
    for (codec, much) in MUCH {
        let [list, map, text, bytes] = kinds(codec);
        let list_of_list = [list, much, list].concat();
        let types: [(&str, Decode, &[u8], usize); 8] = [
            ("Vec<u64>", decode::<Vec<u64>>, list, 8),
            ("Vec<[u64; 16]>", decode::<Vec<[u64; 16]>>, list, 128),
            ("Vec<Vec<u8>>", decode::<Vec<Vec<u8>>>, list, 24),
            ("Vec<Vec<u64>>", decode::<Vec<Vec<u64>>>, &list_of_list, 24 + 8),
            // A hash table of 1024 entries has 2048 places.
            ("HashMap<String, String>", decode::<HashMap<String, String>>, map, 2 * 50),
            ("String", decode::<String>, text, 1),
            ("ByteBuf", decode::<ByteBuf>, bytes, 1),
            ("Vec<ByteBuf>", decode::<Vec<ByteBuf>>, &[list, b"\x01", bytes].concat(), 25),
        ];
        for (name, decode, begin, size) in types {
            // Nothing follows, or a little does.
            for rest in [&b""[..], &[1; 40]] {
                let body = [begin, much, rest].concat();
                let took = refused(codec, name, decode, &body).0;
                let most = (size * ON_CREDIT) as u64 + BOOKKEEPING;
                assert!(took <= most, "{codec} as {name}: {took} bytes for {}, at most {most}", body.len());
            }
        }
    }
}

/// As [`nobody_believes_what_is_announced`], in each of 60 lists that lie in each other: room for all of them
/// is open at the same time.
#[test]
fn credit_is_small_enough_to_be_given_at_every_level() {
    for (codec, much) in MUCH {
        let body = [kinds(codec)[0], much].concat().repeat(60);
        let took = refused(codec, "Tree", decode::<Tree>, &body).0;
        let most = (60 * ON_CREDIT * size_of::<Tree>()) as u64 + 16 * 1024;
        println!("{codec}: {} bytes that announce 60 times much: {took} bytes of memory", body.len());
        assert!(took <= most, "{codec}: {took} bytes for {}, at most {most}", body.len());
    }
}

/// The same with lists that could be true: so many bytes do follow.
#[test]
fn a_count_that_could_be_true_is_worth_no_more() {
    for (codec, list) in [("tagged", &b"\x08\x80\x80\x01"[..]), ("hessian2", b"XI\0\0\x40\0")] {
        let mut body = list.repeat(60); // of 2^14 elements each
        body.resize(body.len() + (1 << 14), 0x0c);
        let took = refused(codec, "Tree", decode::<Tree>, &body).0;
        let most = (60 * ON_CREDIT * size_of::<Tree>()) as u64 + 16 * 1024;
        assert!(took <= most, "{codec}: {took} bytes for {}, at most {most}", body.len());
    }
}

/// `()` takes no byte in bincode and postcard, so there is no end to what ten bytes may hold.
#[test]
fn a_list_of_nothing_ends_at_the_element_limit() {
    for (codec, much) in &MUCH[1..3] {
        for (name, decode) in [
            ("Vec<()>", decode::<Vec<()>> as Decode),
            ("Vec<[(); 3]>", decode::<Vec<[(); 3]>>),
            ("Vec<Vec<()>>", decode::<Vec<Vec<()>>>),
        ] {
            let body = [if name == "Vec<Vec<()>>" { b"\x02" } else { &b""[..] }, *much].concat();
            let (took, error) = refused(codec, name, decode, &body);
            let limit = Limits::default().max_elements;
            assert!(
                matches!(error, CodecError::Limit(LimitError::TooManyElements { limit: is }) if is == limit),
                "{codec} as {name}: {error}"
            );
            assert!(took <= BOOKKEEPING, "{codec} as {name}: {took} bytes");
        }
    }
}

fn refused(codec: &str, name: &str, decode: Decode, body: &[u8]) -> (u64, CodecError) {
    let table = CodecTable::default();
    let entry = table.by_name(codec).expect("a format");
    let mut error = None;
    let took = peak(|| error = decode(&**entry, body, &Limits::default()).err());
    (took, error.unwrap_or_else(|| panic!("{codec} as {name}: so much is not there")))
}
