//! Any message that is read can be written, and says the same; whoever steps over it agrees that it is one.
#![no_main]

#[path = "../../tests/hostile/memory.rs"]
mod memory;

use ch03_codec::Limits;
use ch03_codec::hessian::{Graph, dump, from_slice};
use libfuzzer_sys::fuzz_target;
use memory::{most_memory, peak};
use serde::de::IgnoredAny;

/// Limits that a short body reaches.
const LIMITS: Limits = Limits { max_depth: 20, max_elements: 200, max_text: 100, max_total: 10_000 };

fuzz_target!(|bytes: &[u8]| {
    let mut graph = None;
    let took = peak(|| graph = Graph::decode(bytes, &LIMITS).ok());
    let most = most_memory(bytes.len(), &LIMITS);
    assert!(took <= most, "{took} bytes, at most {most}");

    let stepped = from_slice::<IgnoredAny>(bytes, &LIMITS);
    match (&graph, &stepped) {
        (Some(graph), Err(error)) => panic!("a graph, but it cannot be stepped over: {error}\n{graph:#?}"),
        (None, Ok(IgnoredAny)) => panic!("it can be stepped over, but is no graph"),
        _ => {}
    }
    if let Some(graph) = graph {
        let written = graph.encode().expect("what was read can be written");
        let back = Graph::decode(&written, &Limits::default()).expect("what was written can be read");
        assert_eq!(back.nodes.len(), graph.nodes.len());
        assert_eq!(back.encode().expect("as before"), written);
    }

    let took = peak(|| _ = from_slice::<serde_json::Value>(bytes, &LIMITS));
    // A reference reads again what it refers to; the limits bound that, not the bytes that came.
    let most = most_memory(bytes.len().max(LIMITS.max_total), &LIMITS);
    assert!(took <= most, "{took} bytes, at most {most}");

    let lines = dump(bytes);
    let shown: Vec<u8> = lines.iter().flat_map(|line| line.bytes.iter().copied()).collect();
    assert_eq!(shown, bytes, "every byte is on one line");
});
