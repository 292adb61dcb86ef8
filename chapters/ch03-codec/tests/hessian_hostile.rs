//! Messages that nobody would send who means well. [S-11]

mod hessian_support;

use std::fmt::Debug;

use ch03_codec::dump::show;
use ch03_codec::hessian::{Error, Graph, GraphReader, Value, dump, from_slice};
use ch03_codec::{Budget, LimitError, Limits};
use hessian_support::{ALL, Kinds, each_case, graph, spoil};
use serde::Deserialize;
use serde::de::IgnoredAny;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Limits that are reached before memory is.
const TIGHT: Limits = Limits { max_depth: 64, max_elements: 10_000, max_text: 100_000, max_total: 200_000 };

/// Anything, as a tree of Rust values.
type Json = serde_json::Value;

/// What `work` gives, and the most memory that it had.
fn measured<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let mut value = None;
    let info = allocation_counter::measure(|| value = Some(work()));
    (value.expect("it ran"), info.bytes_max)
}

#[track_caller]
fn refused<T: Debug>(result: Result<T, Error>, is_right: impl FnOnce(&Error) -> bool) {
    let error = result.expect_err("this must not be read");
    assert!(is_right(&error), "refused, but as: {error}");
}

#[test]
fn a_length_is_not_believed() {
    let lists: &[&[u8]] = &[
        b"X\x49\x7f\xff\xff\xff\x90",      // a list of 2^31 - 1
        b"V\x01T\x49\x7f\xff\xff\xff\x90", // a typed one
        b"X\x8f\x90",                      // of -1
        b"\x7f\x90",                       // of 7
        b"C\x01A\x49\x7f\xff\xff\xff",     // a class with 2^31 - 1 fields
        b"C\x01A\x49\x80\x00\x00\x00",     // with -2^31
    ];
    for bytes in lists {
        let (graph, memory) = measured(|| Graph::decode(bytes, &Limits::default()));
        refused(graph, |error| matches!(error, Error::Count { .. }));
        assert!(memory < KIB, "{memory} bytes of memory for {bytes:02x?}");
        let (tree, memory) = measured(|| from_slice::<Json>(bytes, &Limits::default()));
        refused(tree, |error| matches!(error, Error::Count { .. }));
        assert!(memory < KIB, "{memory} bytes of memory for {bytes:02x?}");
    }
    let texts: &[&[u8]] =
        &[b"S\xff\xff", b"R\xff\xffabc", b"B\xff\xff", b"A\xff\xffabc", b"\x1f", b"\x33\xff"];
    for bytes in texts {
        let (graph, memory) = measured(|| Graph::decode(bytes, &Limits::default()));
        refused(graph, |error| matches!(error, Error::End { .. }));
        assert!(memory < KIB, "{memory} bytes of memory for {bytes:02x?}");
    }
}

/// A class that says `n` fields in a few bytes, and objects that cost a byte each.
#[test]
fn numbers_of_classes_types_and_containers_are_checked() {
    for (bytes, message) in [
        (&b"\x60"[..], "an object of class 0 at byte 0, but 0 classes are defined so far"),
        (b"C\x01A\x90\x61", "an object of class 1 at byte 4, but 1 classes are defined so far"),
        (b"C\x01A\x90O\x8f", "an object of class -1 at byte 4, but 1 classes are defined so far"),
        (b"\x70\x90", "type name 0 at byte 1, but 0 have been written so far"),
        (b"\x72\x01T\x70\x91\x90", "type name 1 at byte 4, but 1 have been written so far"),
        (b"\x51\x90", "a reference to container 0 at byte 0, but 0 have begun so far"),
        (b"C\x01A\x90", "the message ends at byte 4, where a value was expected"),
    ] {
        refused(Graph::decode(bytes, &Limits::default()), |error| error.to_string() == message);
        refused(from_slice::<Json>(bytes, &Limits::default()), |error| error.to_string() == message);
        refused(from_slice::<IgnoredAny>(bytes, &Limits::default()), |error| error.to_string() == message);
    }
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    let deep = |unit: &[u8]| unit.repeat(100_000);
    let work = move || {
        for bytes in [
            deep(b"W"),
            deep(b"\x79"),
            deep(b"H"),
            deep(b"HN"),
            deep(b"U\x01T"),
            [&b"C\x01A\x91\x01x"[..], &deep(b"\x60")].concat(),
        ] {
            let too_deep = |error: &Error| matches!(error, Error::Limit(LimitError::TooDeep { limit: 64 }));
            let (graph, memory) = measured(|| Graph::decode(&bytes, &Limits::default()));
            refused(graph, too_deep);
            assert!(memory < 32 * KIB, "{memory} bytes of memory");
            refused(from_slice::<Json>(&bytes, &Limits::default()), |error| {
                too_deep(error) || error.to_string().contains("expected a string key")
            });
            refused(from_slice::<IgnoredAny>(&bytes, &Limits::default()), too_deep);
            assert!(dump(&bytes).last().expect("a line").meaning.contains("nested too deep"));
        }
    };
    // A quarter of what Rust gives a thread; a debug build is the greediest.
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(work).expect("a thread");
    thread.join().expect("a stack that is large enough");
}

#[test]
fn deep_graphs_are_written_and_dropped_without_a_deep_stack() {
    let mut graph = Graph::new();
    for _ in 0..1_000_000 {
        graph.root = graph.list([graph.root.clone()]);
    }
    let bytes = graph.encode().unwrap();
    assert_eq!(bytes.len(), 1_000_001);
}

/// Ten lists, each of which has the one before ten times.
fn laughs(levels: usize, laugh: Value) -> Vec<u8> {
    let mut graph = Graph::new();
    let mut list = graph.list([laugh]);
    for _ in 0..levels {
        list = graph.list(std::iter::repeat_n(list, 10));
    }
    graph.root = list;
    graph.encode().unwrap()
}

#[test]
fn a_billion_laughs_end_at_a_limit() {
    let bytes = laughs(9, "ha".into());
    let (graph, memory) = measured(|| Graph::decode(&bytes, &TIGHT));
    assert_eq!(graph.unwrap().nodes.len(), 10);
    assert!(memory < 16 * KIB, "a graph shares them: {memory} bytes of memory");
    let (tree, memory) = measured(|| from_slice::<Json>(&bytes, &TIGHT));
    refused(tree, |error| matches!(error, Error::Limit(LimitError::TooManyElements { limit: 10_000 })));
    assert!(memory < 2 * MIB, "{memory} bytes of memory for {} received", bytes.len());
    from_slice::<IgnoredAny>(&bytes, &TIGHT).expect("who skips does not follow");
}

#[test]
fn a_few_long_laughs_count_by_their_bytes() {
    // 1000 times a text of 50,000 bytes: few elements, but fifty megabytes.
    let bytes = laughs(3, "ha".repeat(25_000).into());
    let (tree, memory) = measured(|| from_slice::<Json>(&bytes, &TIGHT));
    refused(tree, |error| matches!(error, Error::Limit(LimitError::TooBig { limit: 200_000, .. })));
    assert!(memory < 4 * TIGHT.max_total as u64, "{memory} bytes of memory for {} received", bytes.len());
}

#[test]
fn a_cycle_is_refused_and_not_followed() {
    let mut graph = Graph::new();
    let map = graph.object("A", [("self", Value::Null)]);
    graph.set(&map, "self", map.clone());
    graph.root = map;
    refused(from_slice::<Json>(&graph.encode().unwrap(), &TIGHT), |error| {
        matches!(error, Error::Cycle { .. })
    });
}

#[test]
fn definitions_count_too() {
    // Each is four bytes, and would take a place in a table.
    let classes = b"C\x01A\x90".repeat(20_000);
    let (graph, memory) = measured(|| Graph::decode(&classes, &TIGHT));
    refused(graph, |error| matches!(error, Error::Limit(LimitError::TooManyElements { .. })));
    assert!(memory < 2 * MIB, "{memory} bytes of memory");
}

#[test]
fn elements_without_a_count_are_counted() {
    let list = [b"W", &b"N".repeat(20_000)[..], b"Z"].concat();
    let map = [b"H", &b"N".repeat(40_000)[..], b"Z"].concat();
    for bytes in [list, map] {
        refused(Graph::decode(&bytes, &TIGHT), |error| {
            matches!(error, Error::Limit(LimitError::TooManyElements { limit: 10_000 }))
        });
    }
}

#[test]
fn names_are_not_copied_for_every_object() {
    // One class with a long name, and many objects of a byte each; the same for types.
    let name = "n".repeat(30_000);
    let mut bytes = b"\x57C\x53\x75\x30".to_vec();
    bytes.extend(name.as_bytes());
    bytes.push(0x90);
    bytes.extend([0x60].repeat(5_000));
    bytes.extend(b"\x70\x53\x75\x30");
    bytes.extend(name.as_bytes());
    bytes.extend(b"\x70\x90".repeat(4_000));
    bytes.push(b'Z');
    let (graph, memory) = measured(|| Graph::decode(&bytes, &TIGHT));
    assert_eq!(graph.unwrap().nodes.len(), 9_002);
    assert!(memory < 3 * MIB, "{memory} bytes of memory");
}

#[test]
fn every_cut_is_an_error() {
    each_case(|rng| {
        let bytes = graph(rng, Kinds { long: false, ..ALL }).encode().unwrap();
        let cut = &bytes[..rng.usize(..bytes.len())];
        assert!(Graph::decode(cut, &Limits::default()).is_err(), "{}", show(&dump(cut)));
        assert!(from_slice::<IgnoredAny>(cut, &Limits::default()).is_err(), "{}", show(&dump(cut)));
        assert!(dump(cut).last().expect("a line").meaning.starts_with("fault"));
    });
}

/// Who reads it as what.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Known {
    f0: Option<i64>,
    #[serde(default)]
    f1: Vec<Known>,
    f2: Option<Box<Known>>,
    f3: Option<String>,
}

#[test]
fn no_bytes_bring_a_reader_down_and_all_readers_agree() {
    let (mut good, mut bad, mut most) = (0, 0, 0);
    each_case(|rng| {
        let mut bytes = match rng.u8(..4) {
            0 => (0..rng.usize(..60)).map(|_| rng.u8(..)).collect(),
            _ => graph(rng, Kinds { long: false, ..ALL }).encode().unwrap(),
        };
        spoil(rng, &mut bytes);
        let (graph, memory) = measured(|| Graph::decode(&bytes, &TIGHT));
        most = most.max(memory);
        // Room for as many elements as are there, and on credit for as many as are announced in each level.
        assert!(memory < 300 * bytes.len() as u64 + 2 * MIB, "{memory} bytes for {}", bytes.len());
        let skipped = from_slice::<IgnoredAny>(&bytes, &TIGHT).map(|_| ());
        let said = |result: Result<(), &Error>| result.map_err(ToString::to_string);
        assert_eq!(
            said(graph.as_ref().map(|_| ())),
            said(skipped.as_ref().map(|_| ())),
            "{}",
            show(&dump(&bytes))
        );

        // A dump reads value after value; so does this.
        let budget = Budget::new(&TIGHT);
        let mut reader = GraphReader::new(&bytes, &budget);
        let sound = loop {
            if reader.value().is_err() {
                break false;
            }
            if reader.end().is_ok() {
                break true;
            }
        };
        let lines = dump(&bytes);
        assert_eq!(
            lines.last().is_none_or(|line| !line.meaning.starts_with("fault")),
            sound,
            "{}",
            show(&lines)
        );

        // A tree: only what a graph may be, and not all of that.
        let tree = from_slice::<Json>(&bytes, &TIGHT);
        assert!(graph.is_ok() || tree.is_err(), "{}", show(&lines));
        let _ = from_slice::<Known>(&bytes, &TIGHT);
        if graph.is_ok() { good += 1 } else { bad += 1 }
    });
    println!("{good} could be read, {bad} not; at most {most} bytes of memory");
    assert!(std::env::var("CASE").is_ok() || (good > 0 && bad > 0), "a generator must give both");
}
