//! Is a thread asleep? Linux tells it for each thread, in `/proc`.

use std::fs;
use std::thread;
use std::time::Instant;

use super::PATIENCE;

/// The file in `/proc` about the thread that asks; `None` where there is no such thing.
pub fn this_thread() -> Option<String> {
    let path = fs::read_link("/proc/thread-self").ok()?; // for example `4711/task/4712`
    Some(format!("/proc/{}/status", path.display()))
}

/// Whether `thread` falls asleep, and stays so while we look at it many times. One that asks again and again
/// is running, or would be if a processor were free: Linux calls both `R`, never `S`.
pub fn falls_asleep(thread: &str) -> bool {
    const MANY: usize = 100;
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if (0..MANY).all(|_| is_asleep(thread)) {
            return true;
        }
        thread::yield_now();
    }
    false
}

fn is_asleep(thread: &str) -> bool {
    let status = fs::read_to_string(thread).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:\tS"))
}
