//! A registry is started again with an empty memory. What does a caller show?

use std::sync::Arc;
use std::time::{Duration, Instant};

use ch05_registry::cache::Cache;
use ch05_registry::{Endpoint, Entry, Listing};

/// A list with the providers named in `text`, one letter each.
fn list(text: &str, incarnation: u64, settles: u64) -> Listing {
    let entry = |name: char| {
        let endpoint = Endpoint::new(([10, 0, 0, 1], name as u16).into());
        let endpoint = Arc::new(endpoint.with("name", &name.to_string()).expect("a label"));
        Entry { id: name.to_string().into(), order: name as u64, endpoint, age: None }
    };
    Listing {
        entries: text.chars().map(entry).collect(),
        incarnation,
        settles_in: Duration::from_secs(settles),
    }
}

fn main() {
    let start = Instant::now();
    let mut cache = Cache::default();
    let shown = |cache: &Cache| -> String {
        cache.providers().iter().filter_map(|it| it.endpoint.label("name")).collect()
    };
    let steps = [
        ("before", 0, list("ABCD", 1, 0)),
        ("empty", 10, list("", 2, 10)),
        ("A and B are back", 11, list("AB", 2, 9)),
        ("B says goodbye", 12, list("A", 2, 8)),
        ("C is back", 13, list("AC", 2, 7)),
    ];
    for (what, seconds, listing) in steps {
        cache.listing(&listing, start + Duration::from_secs(seconds));
        println!("{what:<17} {}", shown(&cache));
    }
    cache.settle(start + Duration::from_secs(20));
    println!("{:<17} {}", "settled", shown(&cache));
}
