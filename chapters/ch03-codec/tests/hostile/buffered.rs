//! `flatten`, `untagged` and `tag = "…"` make serde keep what comes, as values of a type of its own, until it
//! knows what they are. [`Guarded`](ch03_codec::guard::Guarded) stands before that buffer.

use ch03_codec::{CodecTable, Limits};
use serde::{Deserialize, Serialize};

use crate::memory::{most_memory, peak};
use crate::targets::{Decode, Flat, Inside, Tree, Without, decode};

/// So many empty lists, which is the dearest that one, two or three bytes can be. Half of what is allowed: some
/// lie in a list in a record.
const LISTS: usize = 50_000;

#[test]
fn what_serde_keeps_first_is_bounded() {
    let many = Tree((0..LISTS).map(|_| Tree::default()).collect());
    let flat = Flat { a: 1, rest: [("b".to_owned(), many)].into() };
    for name in ["json", "hessian2", "tagged"] {
        let codec = CodecTable::default().by_name(name).expect("a format").clone();
        let tree = &flat.rest["b"];
        let mut tries: Vec<(&str, Decode, Vec<u8>)> = vec![
            ("Flat", decode::<Flat>, codec.to_vec(&flat).expect("a record")),
            ("Without", decode::<Without>, codec.to_vec(tree).expect("a tree")),
            ("Tree", decode::<Tree>, codec.to_vec(tree).expect("a tree")),
        ];
        // tagged does not carry these: see the table of `round_trip`.
        if name != "tagged" {
            let inside = [b"{\"a\":", &codec.to_vec(tree).expect("a tree")[..], b",\"kind\":\"A\"}"].concat();
            let hessian = [b"H\x01a", &codec.to_vec(tree).expect("a tree")[..], b"\x04kind\x01AZ"].concat();
            tries.push(("Inside", decode::<Inside>, if name == "json" { inside } else { hessian }));
        }
        for (kind, decode, bytes) in tries {
            let mut result = Ok(());
            let took = peak(|| result = decode(&*codec, &bytes, &Limits::default()));
            result.unwrap_or_else(|error| panic!("{name} as {kind}: {error}"));
            let most = most_memory(bytes.len(), &Limits::default());
            let each = took / bytes.len() as u64;
            println!("{name} as {kind}: {each} bytes of memory for each of {}", bytes.len());
            assert!(took <= most, "{name} as {kind}: {took} bytes, at most {most}");
        }
    }
}

/// At each level serde keeps all that is below, and the levels above keep theirs.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Again {
    Number(u64),
    List(Vec<Again>),
}

/// A type without tags that holds itself is copied at every level: sixty levels, sixty times the memory. That
/// is no limit of ours to set: do not read such a type from strangers, or set a lower [`Limits::max_depth`].
#[test]
fn a_type_without_tags_that_holds_itself_is_kept_at_every_level() {
    let codec = CodecTable::default().by_name("json").expect("a format").clone();
    let mut costs = Vec::new();
    for levels in [1, 20, 60] {
        let mut value = Again::List((0..1000).map(Again::Number).collect());
        for _ in 1..levels {
            value = Again::List(vec![value]);
        }
        let bytes = codec.to_vec(&value).expect("a list");
        let took = peak(|| _ = codec.from_slice::<Again>(&bytes, &Limits::default()).expect("a list"));
        println!(
            "json as Again, {levels} levels: {} bytes of memory for each of {}",
            took / bytes.len() as u64,
            bytes.len()
        );
        let most = levels * most_memory(bytes.len(), &Limits::default());
        assert!(took <= most, "{took} bytes, at most {most}");
        costs.push(took);
    }
    assert!(costs[2] > 2 * costs[1], "if serde no longer copies, the words above are wrong");
}
