//! A wait that ends.

use std::sync::mpsc;
use std::time::Duration;

/// How long [`within`] waits. Generous: it only has to be shorter than the reader's patience, and long
/// enough for a loaded machine. No spec passes or fails by being fast.
pub const LIMIT: Duration = Duration::from_secs(10);

/// The words by which `cargo workshop verify` tells a time-out from an assertion.
pub const TIMED_OUT: &str = "TIMED OUT";

/// Runs `work` on a thread of its own and waits at most [`LIMIT`] for it.
///
/// `what` completes the sentence "no answer while …". A panic inside `work` is passed on unchanged.
/// After a time-out the thread is left behind; the test process ends soon after.
///
/// # Panics
/// When `work` panics, and when it takes longer than [`LIMIT`].
#[track_caller]
pub fn within<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let worker = std::thread::Builder::new()
        .name(std::thread::current().name().unwrap_or("spec").to_owned())
        .spawn(move || {
            // The receiver is gone only after a time-out, when nobody wants the value any more.
            let _ = done.send(work());
        })
        .expect("a test can start a thread");
    match wait.recv_timeout(LIMIT) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(()) => unreachable!("the worker sends before it ends"),
        },
        Err(mpsc::RecvTimeoutError::Timeout) => {
            panic!(
                "\n{TIMED_OUT}: no answer for {LIMIT:?} while {what}.\nSomething waits for what never comes.\n"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_back_the_value() {
        assert_eq!(within("adding", || 1 + 1), 2);
    }

    #[test]
    #[should_panic(expected = "the real reason")]
    fn passes_a_panic_on() {
        within("failing", || panic!("the real reason"))
    }
}
