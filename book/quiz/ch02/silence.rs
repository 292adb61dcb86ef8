//! A connection that falls silent, on a clock of our own.

use std::time::{Duration, Instant};

use ch02_protocol::Heartbeat;
use ch02_protocol::heartbeat::Beat;

fn main() {
    let start = Instant::now();
    let mut heart = Heartbeat::new(Duration::from_secs(15), 2, start);
    for second in 0..=65 {
        let now = start + Duration::from_secs(second);
        if second == 20 {
            heart.heard(now);
        }
        match heart.poll(now) {
            Beat::Wait(_) => {}
            beat => println!("{second:3} s: {beat:?}"),
        }
    }
}
