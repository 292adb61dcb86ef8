//! A billion laughs: in Hessian2 a value may say "the same again", and so may that value.

use ch03_codec::Limits;
use ch03_codec::hessian::{self, Graph};
use serde::de::IgnoredAny;

use crate::memory::peak;
use crate::targets::Tree;

/// Nine lists, each of them ten times the one before; the first one is empty.
fn laughs() -> Vec<u8> {
    let mut graph = Graph::new();
    let mut list = graph.list([]);
    for _ in 0..9 {
        list = graph.list(vec![list; 10]);
    }
    graph.root = list;
    graph.encode().expect("a graph")
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let bytes = laughs();
    let mut result = None;
    let took = peak(|| result = Some(hessian::from_slice::<Tree>(&bytes, &Limits::default())));
    match result.expect("it was run") {
        Err(hessian::Error::Limit(limit)) => {
            println!("{} bytes that mean a billion: {took} bytes of memory, {limit}", bytes.len());
        }
        other => panic!("{:?}", other.map(drop)),
    }
    // What a million elements may cost: a Vec each, in a Vec that grows.
    let most = 3 * size_of::<Tree>() as u64 * Limits::default().max_elements;
    assert!(took <= most, "{took} bytes, at most {most}");
}

/// Whoever keeps what is shared shared does not even notice.
#[test]
fn a_graph_of_a_billion_is_small() {
    let bytes = laughs();
    let took = peak(|| {
        let graph = Graph::decode(&bytes, &Limits::default()).expect("ten lists");
        assert_eq!(graph.nodes.len(), 10);
        assert_eq!(graph.encode().expect("as before"), bytes);
    });
    assert!(took < 16 * 1024, "{took} bytes");
    hessian::from_slice::<IgnoredAny>(&bytes, &Limits::default()).expect("nobody looks at it twice");
}
