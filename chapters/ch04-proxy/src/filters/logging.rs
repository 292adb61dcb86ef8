//! One line for each call.

use std::fmt;
use std::io::{self, Write};
use std::time::Instant;

use ch02_protocol::{CallError, Reply};

use super::Clock;
use crate::filter::Filter;
use crate::invocation::Invocation;
use crate::invoker::{Invoker, outcome};

/// Writes one line for each call, when it has ended: what was called, how it ended, how long it took.
///
/// Names have been checked ([`ServiceKey`](crate::ServiceKey)) and hold no line breaks. Arguments, results and
/// metadata are not written: they belong to somebody, and a log belongs to everybody. An error's text comes
/// from the other side, so it is cut and its control characters are escaped: nobody forges a line, or fills a disk
/// with one.
pub struct Logging {
    write: Box<dyn Fn(&str) + Send + Sync>,
    clock: Clock,
}

impl Logging {
    /// Gives each line to `write`, without its `\n`.
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self::with_clock(write, Instant::now)
    }

    /// Writes to standard error. When nobody reads that any more, calls go on without a log.
    pub fn to_stderr() -> Self {
        // `eprintln!` would panic, in the middle of a call that has run.
        Self::new(|line| _ = writeln!(io::stderr().lock(), "{line}"))
    }

    /// Takes the time from `clock`.
    pub fn with_clock(
        write: impl Fn(&str) + Send + Sync + 'static,
        clock: impl Fn() -> Instant + Send + Sync + 'static,
    ) -> Self {
        Self { write: Box::new(write), clock: Box::new(clock) }
    }
}

/// How much of an error's text is written: 200 characters. The other side may have sent eight million.
const LONGEST: usize = 200;

// ANCHOR: logging
impl Filter for Logging {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let begin = (self.clock)();
        let result = next.invoke(invocation);
        let took = (self.clock)().saturating_duration_since(begin).as_micros();
        let how = match &result {
            Ok(reply) => format!("{}, {} bytes", reply.status, reply.body.len()),
            Err(error) => error.to_string().chars().take(LONGEST).flat_map(char::escape_debug).collect(),
        };
        let but = outcome(&result).map(|outcome| format!(" ({outcome})")).unwrap_or_default();
        let (service, method) = (invocation.service(), invocation.method());
        (self.write)(&format!("{service}.{method} {how} {took} µs{but}"));
        result
    }
}
// ANCHOR_END: logging

impl fmt::Debug for Logging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logging").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;
    use std::sync::atomic::Ordering::Relaxed;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use ch02_protocol::Status;
    use ch03_codec::{Body, Format};

    use super::*;
    use crate::key::ServiceKey;

    /// The line that is written when a call ends so, after 1234 µs.
    fn line(result: Result<Reply, CallError>) -> String {
        let written = Arc::new(Mutex::new(Vec::new()));
        let (lines, begin, now) = (Arc::clone(&written), Instant::now(), Arc::new(AtomicU64::new(0)));
        let clock = Arc::clone(&now);
        let logging = Logging::with_clock(
            move |line| lines.lock().unwrap().push(line.to_owned()),
            move || begin + Duration::from_nanos(clock.load(Relaxed)),
        );
        let arguments = Body { format: Format { codec: 1, compressor: 0 }, bytes: "my diagnosis".into() };
        let key = ServiceKey::parse("blue/shop.Orders:1").unwrap();
        let mut invocation = Invocation::new(key, "get_order", arguments).unwrap();
        invocation.metadata.set("token", "s3cret").unwrap();
        let (expected, result) = (format!("{result:?}"), Mutex::new(Some(result)));
        let next = |_: &Invocation| {
            now.fetch_add(1_234_567, Relaxed);
            result.lock().unwrap().take().expect("one call")
        };
        let result = logging.call(&invocation, &next);
        assert_eq!(format!("{result:?}"), expected, "a log changes nothing");
        let mut written = written.lock().unwrap();
        assert_eq!(written.len(), 1);
        written.remove(0)
    }

    #[test]
    fn a_line_says_what_was_called_how_it_ended_and_how_long_it_took() {
        let what = "blue/shop.Orders:1.get_order";
        assert_eq!(line(Ok(Reply::ok("secret result"))), format!("{what} 0 ok, 13 bytes 1234 µs"));
        let no = Reply::new(Status::SERVICE_ERROR, "secret error");
        assert_eq!(line(Ok(no)), format!("{what} 304 service-error, 12 bytes 1234 µs (ran and failed)"));
        let ended = CallError::Ended { why: "cable".into() };
        assert_eq!(line(Err(ended)), format!("{what} the connection has ended: cable 1234 µs (never ran)"));
        let lost = CallError::NoReply { source: std::io::Error::other("cable") };
        assert_eq!(
            line(Err(lost)),
            format!("{what} no reply: cable (the call may have run) 1234 µs (may have run)")
        );
    }

    #[test]
    fn the_other_side_forges_no_line() {
        for forged in [
            "bye\nOrders.get_order 0 ok, 3 bytes 1 µs",
            "bye\r\nroot logged in",
            "\u{1b}[2J\u{1b}]0;title\u{7}",
            "\u{85}\u{2028}\u{2029}\u{202e}",
            "\0\u{8}\u{8}\u{8}",
        ] {
            let gone = CallError::GoneAway { status: Status::SHUTTING_DOWN, text: forged.into() };
            let line = line(Err(gone));
            let bad = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202e}');
            assert!(!line.contains(bad), "{line:?}");
            assert!(
                line.starts_with("blue/shop.Orders:1.get_order the server goes away (105 shutting-down): ")
            );
        }
    }

    #[test]
    fn the_other_side_fills_no_disk() {
        let gone = CallError::GoneAway { status: Status::SHUTTING_DOWN, text: "\n".repeat(1_000_000) };
        assert!(line(Err(gone)).len() < 3 * LONGEST);
    }
}
