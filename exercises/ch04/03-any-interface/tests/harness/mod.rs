//! Calls, replies and handlers to try, and your parts called so that no panic and no deadlock goes unexplained.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use any_interface::Switch;
use ch02_protocol::{CallError, Reply};
use ch03_codec::dump::show;
use ch03_codec::{Body, Format, Marshaller, tagged};
use ch04_proxy::{Handler, Invocation, Invoker, ServiceKey, Signature};
use serde::{Deserialize, Serialize};
use spec_kit::{Failure, LIMIT, TIMED_OUT, hex_dump};

pub const PAGE: &str = "chapter 4, \"One object, any interface\"";

/// What has happened, in order.
#[derive(Clone, Default)]
pub struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    pub fn add(&self, what: impl Into<String>) {
        self.0.lock().expect("nobody panics here").push(what.into());
    }

    /// All since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics here"))
    }
}

// ---- the methods ----

#[derive(Debug, Serialize, Deserialize)]
pub struct Repeat {
    pub text: String,
    pub times: u32,
}

/// Why nothing was repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    TooOften { limit: u32 },
    NotThis { text: String },
}

pub const REPEAT: Signature =
    Signature { name: "repeat", arguments: &[("text", "&str"), ("times", "u32")], returns: "String" };

/// Your handler for `repeat(text, times)`: an own error for more than 1000 times, and for the text `no`.
pub fn repeat(notes: &Notes) -> Box<dyn Handler> {
    let notes = notes.clone();
    any_interface::typed(REPEAT, move |Repeat { text, times }| {
        notes.add(format!("repeat({text:?}, {times})"));
        if text == "no" {
            return Err(Refused::NotThis { text: "no ".repeat(1000) });
        }
        if times > 1000 { Err(Refused::TooOften { limit: 1000 }) } else { Ok(text.repeat(times as usize)) }
    })
}

// ---- calls ----

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("the spec's keys are good")
}

/// A call of `repeat` in this format.
pub fn repeat_call(format: Format, text: &str, times: u32) -> Invocation {
    let arguments = Repeat { text: text.into(), times };
    let marshaller = Marshaller {
        policy: ch03_codec::compress::Policy { threshold: 0, at_most_percent: 1000 },
        ..Marshaller::default()
    };
    call("Echo", "repeat", marshaller.write(format, &arguments).expect("arguments have a body"))
}

/// A call whose arguments are these bytes.
pub fn raw_call(codec: u8, compressor: u8, bytes: &'static [u8]) -> Invocation {
    call("Echo", "repeat", Body { format: Format { codec, compressor }, bytes: bytes.into() })
}

pub fn call(service: &str, method: &str, arguments: Body) -> Invocation {
    Invocation::new(key(service), method.to_owned(), arguments).expect("the spec's names are good")
}

/// Asks `handler`.
#[track_caller]
pub fn handled(handler: &dyn Handler, invocation: &Invocation, marshaller: &Marshaller) -> Reply {
    told("typed", &called(invocation), || handler.handle(invocation, marshaller))
}

/// Calls through one of your invokers, on a thread of its own: it may wait for ever.
#[track_caller]
pub fn invoked(what: &str, invoker: Arc<dyn Invoker>, invocation: &Invocation) -> Result<Reply, CallError> {
    let (owned, given) = (invocation.clone(), called(invocation));
    told(what, &given, move || bounded(move || invoker.invoke(&owned)))
}

/// Replaces the target of your switch, on a thread of its own: it may wait for ever.
#[track_caller]
pub fn replaced(switch: &Arc<Switch>, given: &str, target: Arc<dyn Invoker>) -> Arc<dyn Invoker> {
    let switch = Arc::clone(switch);
    told("Switch::replace", given, move || bounded(move || switch.replace(target)))
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
pub fn told<T>(what: &str, given: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = words(&*panic);
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let (symptom, because) = if text.contains(TIMED_OUT) && what == "Switch::replace" {
            (
                "waits for itself",
                "No call runs, and nobody else is there: it waits for a lock that it holds itself. A guard with a \
                 name lives to the end of its block, and each `self.lock()` asks for the lock anew. Take it once: \
                 `std::mem::replace` puts in and gives back in one step.",
            )
        } else if text.contains(TIMED_OUT) {
            (
                "waits for itself",
                "While a call ran, another came through the same object, and waited for a lock that the first one \
                 held. Hold the lock for a moment only, never while `invoke` of somebody else runs: nobody knows \
                 how long that takes, nor whom it calls. A guard lives to the end of its statement; with `let \
                 target = …;` the statement ends there, and what you keep is the `Arc`.",
            )
        } else if what == "typed" {
            (
                "panicked",
                "Whatever a stranger sends is answered, and so is what cannot be written: an error is a value \
                 here. `match` it.",
            )
        } else {
            ("panicked", "Whatever passes through, and however it ends, is passed on: an error is a value here.")
        };
        Failure::new(format_args!("`{what}` {symptom}."))
            .show("the call", given)
            .expected("an end")
            .got(text.trim())
            .because(because)
            .page(PAGE)
            .raise()
    })
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}

// ---- words ----

/// A call, drawn.
pub fn called(invocation: &Invocation) -> String {
    let accept = match invocation.accept() {
        [] => "not be compressed".to_owned(),
        ids => format!("be compressed with {ids:?}"),
    };
    let Body { format, bytes } = &invocation.arguments;
    format!(
        "{}.{}, its answer may {accept}\n{}",
        invocation.service(),
        invocation.method(),
        body(*format, bytes)
    )
}

/// A reply, drawn.
pub fn replied(reply: &Reply) -> String {
    let format = Format { codec: reply.codec, compressor: reply.compressor };
    let outcome = reply.status.outcome().map(|outcome| format!(": it {outcome}")).unwrap_or_default();
    format!("status {}{outcome}\n{}", reply.status, body(format, &reply.body))
}

/// The bytes of a body, explained where that is possible.
fn body(format: Format, bytes: &[u8]) -> String {
    let Format { codec, compressor } = format;
    let shown = &bytes[..bytes.len().min(64)];
    let drawn = match (codec, compressor, std::str::from_utf8(shown)) {
        (0 | 1, 0, Ok(text)) => format!("{text}\n"),
        (5, 0, _) if shown.len() == bytes.len() => show(&tagged::dump(bytes)),
        _ => hex_dump(shown, &[]),
    };
    let more = if shown.len() < bytes.len() { "… and so on\n" } else { "" };
    let count = if bytes.len() == 1 { "1 byte".to_owned() } else { format!("{} bytes", bytes.len()) };
    format!("codec {codec}, compressor {compressor}, {count}:\n{drawn}{more}")
}
