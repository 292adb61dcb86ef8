//! How much processor time a thread has used. Linux counts it for each thread, in `/proc`.

use std::fs;
use std::time::{Duration, Instant};

use super::PATIENCE;

/// The folder in `/proc` of the thread that asks; `None` where there is no such thing.
pub fn this_thread() -> Option<String> {
    let path = fs::read_link("/proc/thread-self").ok()?; // for example `4711/task/4712`
    Some(format!("/proc/{}", path.display()))
}

/// The processor time that a thread has used since it began.
fn used(thread: &str) -> Option<Duration> {
    let text = fs::read_to_string(format!("{thread}/schedstat")).ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Works until the calling thread has used 100 ms: how much has it used meanwhile, and how much has `other`?
/// No clock on the wall decides: a thread that sleeps uses nothing, however long this takes.
pub fn used_meanwhile(other: &str) -> Option<(Duration, Duration)> {
    const ENOUGH: Duration = Duration::from_millis(100);
    let me = this_thread()?;
    let (mine, theirs) = (used(&me)?, used(other)?);
    let began = Instant::now();
    loop {
        let gained = used(&me)? - mine;
        if gained >= ENOUGH {
            return Some((gained, used(other)? - theirs));
        }
        // So little in all this time: too busy a machine, or a counter that stands still.
        if began.elapsed() > PATIENCE {
            return None;
        }
    }
}
