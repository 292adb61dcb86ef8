//! Filters that note what passes them, ends that answer as told, and a trace of who called whom.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use ch02_protocol::{CallError, EncodeError, Reply, Status};
use ch03_codec::{Body, Format};
use ch04_proxy::{Filter, Invocation, Invoker, ServiceKey};
use filter_chain::{Chain, Retry};
use spec_kit::{Failure, LIMIT, TIMED_OUT};

pub const PAGE: &str = "chapter 4, \"Around every call\"";

/// More steps than any test has: whoever takes them goes in circles.
const PATIENCE: usize = 60;

/// A panic that `told` explains, without words of its own.
fn lost() -> ! {
    resume_unwind(Box::new(format!("{PATIENCE} steps, and the end is not in sight")))
}

// ---- the trace ----

/// Who was called by whom, indented.
#[derive(Clone, Default)]
pub struct Trace(Arc<Mutex<(usize, Vec<String>)>>);

impl Trace {
    /// A line at the present depth.
    pub fn line(&self, what: &str) {
        let mut trace = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if trace.1.len() >= PATIENCE {
            drop(trace);
            lost();
        }
        let line = format!("{}{what}", "  ".repeat(trace.0));
        trace.1.push(line);
    }

    /// A line, and those that follow are inside of it.
    fn enter(&self, what: &str) {
        self.line(what);
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).0 += 1;
    }

    fn leave(&self, what: &str) {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).0 -= 1;
        self.line(what);
    }

    /// All lines so far.
    pub fn lines(&self) -> String {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).1.join("\n")
    }

    /// Nothing is wrong when these are the lines.
    #[track_caller]
    pub fn check(&self, symptom: &str, expected: &[&str], because: impl Fn(&str) -> String) {
        let (expected, got) = (expected.join("\n"), self.lines());
        if got != expected {
            Failure::new(symptom)
                .show("expected", &expected)
                .show("what happened", if got.is_empty() { "nothing" } else { &got })
                .because(because(&got))
                .page(PAGE)
                .raise();
        }
    }
}

/// A filter that notes the call on its way in and its end on the way out.
pub fn noting(name: &'static str, trace: &Trace) -> Arc<dyn Filter> {
    let trace = trace.clone();
    Arc::new(move |invocation: &Invocation, next: &dyn Invoker| {
        trace.enter(&format!("{name}: {} goes in", invocation.method()));
        let result = next.invoke(invocation);
        trace.leave(&format!("{name}: {} comes out", ended(&result)));
        result
    })
}

/// A filter that calls what stands behind it twice, and gives the second reply.
pub fn twice(trace: &Trace) -> Arc<dyn Filter> {
    let trace = trace.clone();
    Arc::new(move |invocation: &Invocation, next: &dyn Invoker| {
        trace.enter("twice: goes on once");
        let _ = next.invoke(invocation);
        trace.leave("twice: and again");
        trace.enter("twice: goes on again");
        let result = next.invoke(invocation);
        trace.leave("twice: and that is all");
        result
    })
}

// ---- ends ----

/// An end that notes the call, and answers with the next of `answers`; with the last of them again and again.
pub fn end(trace: &Trace, answers: &[How]) -> Arc<dyn Invoker> {
    let trace = trace.clone();
    let answers = Mutex::new(VecDeque::from(answers.to_vec()));
    Arc::new(move |invocation: &Invocation| {
        let how = {
            let mut answers = answers.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            if answers.len() > 1 { answers.pop_front() } else { answers.front().copied() }
        };
        let result = how.expect("a test says how its end answers").result();
        trace.line(&format!("the end: {}, {}", invocation.method(), ended(&result)));
        result
    })
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    Reply(Status, &'static str),
    NoReply,
    Ended,
    Connect,
    TooManyInFlight,
    GoneAway(Status),
    Remote(Status),
    Refused,
    BadReply,
    NotAFrame,
}

impl How {
    pub fn result(self) -> Result<Reply, CallError> {
        let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
        Err(match self {
            Self::Reply(status, text) => return Ok(Reply::new(status, text)),
            Self::NoReply => CallError::NoReply { source: io::ErrorKind::TimedOut.into() },
            Self::Ended => CallError::Ended { why: "the server went".into() },
            Self::Connect => CallError::Connect { address: ([127, 0, 0, 1], 7040).into(), source: refused() },
            Self::TooManyInFlight => CallError::TooManyInFlight { capacity: 8 },
            Self::GoneAway(status) => CallError::GoneAway { status, text: "bye".into() },
            Self::Remote(status) => CallError::Remote { status, text: "no".into() },
            Self::Refused => CallError::Refused { why: "the metadata is full".into() },
            Self::BadReply => CallError::BadReply { text: "?".into() },
            Self::NotAFrame => {
                CallError::NotAFrame(EncodeError::BodyTooLong { got: 99_999_999, limit: 16_777_216 })
            }
        })
    }
}

/// How a call ended, in a few words.
pub fn ended(result: &Result<Reply, CallError>) -> String {
    match result {
        Ok(reply) if reply.body.is_empty() => reply.status.to_string(),
        Ok(reply) => format!("{} {:?}", reply.status, String::from_utf8_lossy(&reply.body)),
        Err(error) => error.to_string(),
    }
}

// ---- signals ----

/// Given once, for all who wait for it.
#[derive(Clone)]
pub struct Signal(Arc<(Mutex<bool>, Condvar)>);

impl Signal {
    pub fn new() -> Self {
        Self(Arc::new((Mutex::new(false), Condvar::new())))
    }

    pub fn give(&self) {
        *self.0.0.lock().expect("nobody panics here") = true;
        self.0.1.notify_all();
    }

    pub fn wait(&self) {
        let given = self.0.0.lock().expect("nobody panics here");
        drop(self.0.1.wait_while(given, |given| !*given).expect("nobody panics here"));
    }

    /// Gives it when what comes back is dropped.
    pub fn at_the_end(&self) -> AtTheEnd {
        AtTheEnd(self.clone())
    }
}

/// See [`Signal::at_the_end`].
pub struct AtTheEnd(Signal);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.0.give();
    }
}

// ---- calls ----

pub fn call(method: &'static str) -> Invocation {
    let body = Body { format: Format { codec: 5, compressor: 0 }, bytes: (&b"\x0a\x00"[..]).into() };
    let service = ServiceKey::parse("OrderService").expect("it is a key");
    Invocation::new(service, method, body).expect("it is a name")
}

/// A call with this in its metadata.
pub fn call_with(name: &str, value: &str) -> Invocation {
    let mut invocation = call("get_order");
    invocation.metadata.set(name, value).expect("it fits");
    invocation
}

/// Calls through your chain.
#[track_caller]
pub fn invoked(
    trace: &Trace,
    filters: &[Arc<dyn Filter>],
    end: Arc<dyn Invoker>,
    what: &Invocation,
) -> Ending {
    let chain = Chain::new(filters.iter().map(bounded_filter).collect(), end);
    told("Chain::invoke", trace, || chain.invoke(what))
}

/// As `filter`; whoever calls it again and again is stopped before the stack is full.
fn bounded_filter(filter: &Arc<dyn Filter>) -> Arc<dyn Filter> {
    let (filter, times) = (Arc::clone(filter), AtomicUsize::new(0));
    Arc::new(move |invocation: &Invocation, next: &dyn Invoker| {
        if times.fetch_add(1, Ordering::SeqCst) >= PATIENCE {
            lost();
        }
        filter.call(invocation, next)
    })
}

/// The result of a call.
pub type Ending = Result<Reply, CallError>;

/// Your `Retry`, whose pauses are lines of the trace.
pub fn retry(attempts: u32, pause: u64, trace: &Trace) -> Arc<dyn Filter> {
    let trace = trace.clone();
    Arc::new(Retry::new(attempts, Duration::from_millis(pause), move |pause| {
        trace.line(&format!("Retry waits {} ms", pause.as_millis()));
    }))
}

/// As `spec_kit::within`, and the wait that runs out is explained by `told`: the runner shows the first panic of a
/// test, and it should be the one with the reason.
pub fn bounded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, wait) = mpsc::channel();
    let name = thread::current().name().unwrap_or("spec").to_owned();
    let worker = thread::Builder::new().name(name).spawn(move || _ = done.send(work())).expect("a thread");
    match wait.recv_timeout(LIMIT) {
        Ok(value) => value,
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => resume_unwind(panic),
            Ok(()) => unreachable!("the worker sends before it ends"),
        },
        Err(mpsc::RecvTimeoutError::Timeout) => {
            resume_unwind(Box::new(format!("{TIMED_OUT}: no answer for {LIMIT:?}")))
        }
    }
}

/// Runs one of your parts; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(what: &str, trace: &Trace, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = words(&*panic);
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, because) = if text.contains("not in sight") {
            (
                "goes in circles",
                "What stands behind a filter is the *rest* of the chain: shorter by this filter. Whoever gives it \
                 the whole chain comes by again. And a retry ends after so many attempts.",
            )
        } else if text.contains(TIMED_OUT) {
            (
                "does not come to an end",
                "While one call was in the chain, another one waited. A chain holds nothing while a call runs.",
            )
        } else if !text.contains("index") && !text.contains("range") {
            (
                "panicked",
                "What is not there is a value, `None`, and a stranger may leave out what he likes: a token, for \
                 instance. Whatever comes back is a value, too, also an error. The lines above say where it happened.",
            )
        } else {
            (
                "panicked",
                "The list of filters may be empty, and behind the last of them there is none: then it is the end's \
                 turn. `split_first` says so with `None`.",
            )
        };
        Failure::new(format_args!("`{what}` {symptom}."))
            .show("what had happened", if trace.lines().is_empty() { "nothing".into() } else { first(&trace.lines()) })
            .expected("a result")
            .got(text.lines().next().unwrap_or_default())
            .because(because)
            .page(PAGE)
            .raise()
    })
}

fn first(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take(14).collect();
    lines.join("\n")
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}
