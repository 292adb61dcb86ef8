//! Payloads that make trouble, a log that remembers, and your functions, called so that no panic goes unexplained.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};

use ch02_protocol::Reply;
use contain_a_panic::Payload;
use spec_kit::Failure;

pub const PAGE: &str = "chapter 4, \"A handler that panics\"";
pub const WHAT: &str = "OrderService.place_order";

/// Panics with `payload`, whatever it is.
pub fn raise(payload: impl Any + Send) -> ! {
    resume_unwind(Box::new(payload))
}

/// Counts how often it is dropped.
pub struct Counted(pub Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Panics when it is dropped, with another one of its kind, so often.
pub struct Bomb {
    pub dropped: Arc<AtomicUsize>,
    pub again: usize,
}

impl Drop for Bomb {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::SeqCst);
        // A panic during a panic would end the process, and the test with it.
        if self.again > 0 && !std::thread::panicking() {
            raise(Bomb { dropped: Arc::clone(&self.dropped), again: self.again - 1 });
        }
    }
}

thread_local! {
    /// Whether this thread's panics are expected.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// Where the last of them was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`, and catches its panic without the words that would stand in front of your failure. The hook is set
/// once for all tests, and each thread decides for itself, so nobody disturbs anybody.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, Payload> {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            if QUIET.get() && !is_open_hole(info.payload()) {
                PLACE.set(info.location().map(ToString::to_string));
            } else {
                usual(info);
            }
        }));
    });
    PLACE.set(None);
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result
}

fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

fn is_open_hole(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with("not yet implemented"))
}

/// A call of your `contain`: what the caller got, and what the log.
pub struct Contained {
    pub reply: Reply,
    pub log: Vec<String>,
}

/// Calls your `contain`; it must come back with a reply.
#[track_caller]
pub fn contain(what_f_does: &str, f: impl FnOnce() -> Reply) -> Contained {
    contain_with(|| (), what_f_does, f)
}

/// The same; whenever the log has taken a line, it does `afterwards`.
#[track_caller]
pub fn contain_with(afterwards: impl Fn(), what_f_does: &str, f: impl FnOnce() -> Reply) -> Contained {
    let lines = RefCell::new(Vec::new());
    let log = |line: &str| {
        lines.borrow_mut().push(line.to_owned());
        afterwards();
    };
    let reply = told("contain", what_f_does, || contain_a_panic::contain(WHAT, &log, f));
    Contained { reply, log: lines.take() }
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(name: &str, given: &str, work: impl FnOnce() -> T) -> T {
    quietly(work).unwrap_or_else(|panic| escaped(name, given, panic))
}

/// Runs one of your functions like `told`. Before its first step with a count, and its second, … `visit` comes in.
#[track_caller]
pub fn visited<T>(name: &str, given: &str, visit: impl FnMut() + 'static, work: impl FnOnce() -> T) -> T {
    contain_a_panic::meanwhile(Some(Box::new(visit)));
    let result = quietly(work);
    contain_a_panic::meanwhile(None);
    result.unwrap_or_else(|panic| escaped(name, given, panic))
}

/// Runs one of your functions whose panic is to come out: `f`'s own. Gives what it said.
#[track_caller]
pub fn panics<T>(work: impl FnOnce() -> T) -> Option<String> {
    caught(work).map(|panic| text_of(&*panic).unwrap_or_default().to_owned())
}

/// The same; gives what it carried.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<Payload> {
    let panic = quietly(work).err()?;
    if is_open_hole(&*panic) {
        resume_unwind(panic);
    }
    Some(panic)
}

/// A panic came out of one of your functions.
#[track_caller]
fn escaped(name: &str, given: &str, panic: Payload) -> ! {
    if is_open_hole(&*panic) {
        resume_unwind(panic);
    }
    let text = text_of(&*panic).unwrap_or("(its payload is no text)").to_owned();
    let place = PLACE.take().map(|place| format!(" at {place}")).unwrap_or_default();
    // What it was may panic again when it is dropped.
    std::mem::forget(panic);
    Failure::new(format_args!("A panic came out of `{name}`: the thread that ran it is dead."))
        .show("given", given)
        .expected("a value; the thread goes on with the next call")
        .got(format_args!("a panic{place}: {text}"))
        .because(match name {
            "contain" => {
                "That thread had more calls to answer. `catch_unwind` stops what comes out of `f`; what comes \
                 afterwards is your own: a payload may be of any type, and whatever its `drop` does, `drop` does \
                 there where you drop it. And a log is somebody's code, too."
            }
            "enter" | "drop" => {
                "The count fell below zero: somebody was taken off who had never been counted, or twice. Who is \
                 refused has no pass that could be dropped."
            }
            "message" => "A payload may be of any type: `downcast_ref` gives None when it is another one.",
            "discard" => {
                "`drop(payload)` runs code that you do not know, and it may panic: that has to be caught as well. \
                 And what is caught there is again a payload."
            }
            _ => {
                "A thread that panics while it holds a `Mutex` poisons it: `lock` is an `Err` from then on, for \
                 everybody and for ever. In it is the guard, all the same. Is what it guards whole? Then \
                 `PoisonError::into_inner` takes it."
            }
        })
        .page(PAGE)
        .raise()
}

/// A reply, in words.
pub fn shown(reply: &Reply) -> String {
    let Reply { status, codec, compressor, body } = reply;
    format!("status {status}, codec {codec}, compressor {compressor}, {:?}", String::from_utf8_lossy(body))
}
