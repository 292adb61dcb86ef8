//! A hundred changes, a millisecond apart, through a window of 20 ms.

use std::time::{Duration, Instant};

use ch05_registry::debounce::Debounce;

// ANCHOR: program
fn main() {
    let start = Instant::now();
    let at = |ms: u64| start + Duration::from_millis(ms);
    let mut debounce = Debounce::new(Duration::from_millis(20));
    let mut published = Vec::new();
    for ms in 0..200 {
        let changes = ms < 100 || ms == 150;
        let publish = if changes { debounce.change(at(ms)) } else { debounce.poll(at(ms)) };
        if publish {
            published.push(ms);
        }
    }
    println!("101 changes, {} lists, at {published:?}", published.len());
}
// ANCHOR_END: program
