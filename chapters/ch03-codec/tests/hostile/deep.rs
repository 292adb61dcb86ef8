//! Values in values in values, and the errors that come back from down there.

use ch03_codec::codec::Codec;
use ch03_codec::{CodecError, CodecTable, LimitError, Limits};
use serde::{Deserialize, Serialize};

use crate::common::types::Shape;
use crate::memory::peak;
use crate::targets::{Chain, Decode, Deep, Endless, Flat, Inside, Old, Tree, Without, decode};

/// How often the opening comes: more than a stack has room for.
const TIMES: usize = 200_000;

/// What macOS gives a thread; Linux and Windows give more. Without optimization frames are at their largest.
const STACK: usize = 512 * 1024;

/// In a format: what begins a body, and what goes one level deeper each time it comes.
type Opening = (&'static str, &'static [u8], &'static [u8]);

/// The same for each type.
const OPENINGS: [(&str, Decode, [Opening; 5]); 5] = [
    (
        "Tree",
        decode::<Tree>,
        [
            ("json", b"", b"["),
            ("hessian2", b"", b"\x79"),
            ("bincode", b"", b"\x01"),
            ("postcard", b"", b"\x01"),
            ("tagged", b"", b"\x08\x01"),
        ],
    ),
    (
        "Chain",
        decode::<Chain>,
        [
            ("json", b"1", b" "),
            ("hessian2", b"", b"\x91"),
            ("bincode", b"", b"\x01"),
            ("postcard", b"", b"\x01"),
            ("tagged", b"\x03", b"\x01"),
        ],
    ),
    (
        "Endless",
        decode::<Endless>,
        [
            ("json", b"1", b" "),
            ("hessian2", b"", b"\x91"),
            ("bincode", b"", b"\x01"),
            ("postcard", b"", b"\x01"),
            ("tagged", b"\x03", b"\x01"),
        ],
    ),
    (
        "Deep",
        decode::<Deep>,
        [
            ("json", b"", b"{\"next\":"),
            ("hessian2", b"C\x04Deep\x91\x04next", b"\x60"),
            ("bincode", b"", b"\x01"),
            ("postcard", b"", b"\x01"),
            ("tagged", b"\x0a\x01", b"\x1a\x01"),
        ],
    ),
    (
        "Shape",
        decode::<Shape>,
        [
            ("json", b"", b"{\"Newtype\":"),
            ("hessian2", b"", b"H\x07Newtype"),
            ("bincode", b"", b"\x01"),
            ("postcard", b"", b"\x01"),
            ("tagged", b"", b"\x0b\x01"),
        ],
    ),
];

/// Runs `test` on a small stack. When it is not enough, the process ends.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(test).expect("a thread");
    thread.join().expect("what was said above");
}

#[test]
fn no_body_is_deeper_than_the_stack() {
    on_a_small_stack(|| {
        for (name, decode, openings) in OPENINGS {
            for (codec, begin, opening) in openings {
                let body = [begin, &opening.repeat(TIMES)[..]].concat();
                is_too_deep(codec, name, decode, &body);
            }
        }
        // What serde keeps first, and looks at later.
        let deep = "[".repeat(TIMES);
        for (name, decode, begin) in [
            ("Flat", decode::<Flat> as Decode, "{\"a\":1,\"b\":"),
            ("Inside", decode::<Inside>, "{\"a\":"),
            ("Without", decode::<Without>, ""),
        ] {
            is_too_deep("json", name, decode, format!("{begin}{deep}").as_bytes());
        }
        // What nobody looks at.
        is_too_deep("hessian2", "Old", decode::<Old>, &[&b"H\x01b"[..], &[0x79; TIMES]].concat());
        let skipped = [&b"\x0a\x02\x13\x01\x28\x01"[..], &b"\x08\x01".repeat(TIMES)].concat();
        is_too_deep("tagged", "Old", decode::<Old>, &skipped);
    });
}

fn is_too_deep(codec: &str, name: &str, decode: Decode, body: &[u8]) {
    let table = CodecTable::default();
    let codec: &dyn Codec = &**table.by_name(codec).expect("a format");
    match decode(codec, body, &Limits::default()) {
        Err(CodecError::Limit(LimitError::TooDeep { limit: 64 })) => {}
        other => panic!("{} as {name}: {other:?}", codec.name()),
    }
}

/// As deep as is allowed is allowed.
#[test]
fn the_last_level_is_read() {
    on_a_small_stack(|| {
        let mut tree = Tree::default();
        for _ in 1..64 {
            tree = Tree(vec![tree]);
        }
        for codec in CodecTable::default().iter() {
            let bytes = codec.to_vec(&tree).expect("a tree");
            codec.from_slice::<Tree>(&bytes, &Limits::default()).expect("64 levels");
            let bytes = codec.to_vec(&vec![&tree]).expect("a tree");
            is_too_deep(codec.name(), "Tree", decode::<Tree>, &bytes);
        }
    });
}

#[derive(Serialize, Deserialize)]
struct Branch {
    text: String,
    inside: Vec<Branch>,
}

/// An error goes up through each level, from library to library. bincode puts quotes around its text each time
/// and a backslash before each quote: without [`Guarded`](ch03_codec::guard::Guarded)'s care these 77 bytes
/// end the process.
#[test]
fn an_error_does_not_grow_on_its_way_up() {
    let mut branch = Branch { text: "here".into(), inside: Vec::new() };
    for _ in 0..24 {
        branch = Branch { text: "a".into(), inside: vec![branch] };
    }
    for codec in CodecTable::default().iter() {
        let mut bytes = codec.to_vec(&branch).expect("a branch");
        let at = bytes.windows(4).position(|four| four == b"here").expect("the innermost text");
        bytes[at] = 0xff;
        let mut words = String::new();
        let took = peak(|| {
            let error = codec.from_slice::<Branch>(&bytes, &Limits::default()).err();
            words = error.expect("0xff is no UTF-8").to_string();
        });
        println!("{}: {} bytes, wrong at level 50: {took} bytes of memory", codec.name(), bytes.len());
        assert!(took < 16 * 1024 && words.len() < 2048, "{}: {took} bytes for {words:.200}", codec.name());
    }
}

/// An error quotes what is wrong, and goes back to whoever sent it. But not all of it.
#[test]
fn an_error_does_not_quote_a_megabyte() {
    let text = "\u{1}".repeat(1_000_000);
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(&[(&text, 1)]).expect("a text");
        let error =
            codec.from_slice::<Vec<(u64, u64)>>(&bytes, &Limits::default()).expect_err("a text is no number");
        let length = error.to_string().len();
        assert!(length < 2048, "{}: an error of {length} bytes", codec.name());
    }
}
