//! Someone who writes down what your stubs send, and your functions, called so that no panic goes unexplained.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

use ch03_codec::{Format, dump, hessian, tagged};
use ch04_proxy::{CallError, Invocation, Invoker, Proxy, Reply, ServiceKey, Signature, Status};
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 4, \"A macro that writes the stub\"";

/// Every codec, and what it is called.
pub const CODECS: [(u8, &str); 5] =
    [(1, "JSON"), (2, "Hessian2"), (3, "bincode"), (4, "postcard"), (5, "tagged")];

/// Writes down every call, and answers none.
#[derive(Default)]
pub struct Recorder(Mutex<Vec<Invocation>>);

impl Recorder {
    /// All calls so far.
    pub fn calls(&self) -> Vec<Invocation> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }
}

impl Invoker for Recorder {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(invocation.clone());
        Ok(Reply::new(Status::BUSY, "not today"))
    }
}

/// A proxy in codec `codec`, uncompressed, and the one who writes down what it sends.
pub fn proxy(key: &str, codec: u8) -> (Proxy, Arc<Recorder>) {
    let recorder = Arc::new(Recorder::default());
    let key = ServiceKey::parse(key).expect("the spec's keys are keys");
    let proxy = Proxy::new(key, Arc::clone(&recorder) as Arc<dyn Invoker>);
    (proxy.with_format(Format { codec, compressor: 0 }), recorder)
}

/// The one call that `work` sends through a proxy for `key` in `codec`.
#[track_caller]
pub fn sent(method: &str, key: &str, codec: u8, work: impl FnOnce(Proxy) -> String) -> Invocation {
    let (proxy, recorder) = proxy(key, codec);
    let said = told(method, || work(proxy));
    let calls = recorder.calls();
    let Ok([call]) = <[Invocation; 1]>::try_from(calls.clone()) else {
        Failure::new(format_args!("`{method}` was called once."))
            .show("your stub sent", match &calls[..] {
                [] => "(nothing)".to_owned(),
                calls => calls.iter().map(shown).collect(),
            })
            .expected("1 call")
            .got(format_args!("{} calls, and {said}", calls.len()))
            .because(match said.contains("Name(") {
                true => {
                    "The proxy refuses this method's name, and sends nothing. The name is `stringify!($method)` and \
                     nothing else; inside of quotes, a `$method` is no name that the macro knows, but seven characters."
                }
                false => "Each method of a stub is one call of `self.0.call(…)`: not none, and not two.",
            })
            .page(PAGE)
            .raise()
    };
    call
}

/// What a method returned.
pub fn said<T: std::fmt::Debug>(result: T) -> String {
    format!("{result:?}")
}

/// What was sent: whom, and the arguments byte by byte.
pub fn shown(call: &Invocation) -> String {
    let codec = call.arguments.format.codec;
    let bytes = &call.arguments.bytes;
    let name = CODECS.iter().find(|(id, _)| *id == codec).map_or("unknown", |(_, name)| name);
    let body = match codec {
        1 => format!("{}\n", String::from_utf8_lossy(bytes)),
        2 => dump::show(&hessian::dump(bytes)),
        5 => dump::show(&tagged::dump(bytes)),
        _ => hex_dump(bytes, &[]),
    };
    format!("{}.{} in {name}\n{}\n", call.service(), call.method(), body.trim_end())
}

/// Signatures, one a line.
pub fn listed(signatures: &[Signature]) -> String {
    if signatures.is_empty() {
        return "(none)".to_owned();
    }
    signatures.iter().map(|signature| format!("{signature}\n")).collect()
}

/// The same texts without blanks: how the compiler spaces a type is its own business.
pub fn dense(signature: &Signature) -> String {
    signature.to_string().split_whitespace().collect()
}

/// Runs what your macro wrote; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(name: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`{name}` panicked."))
            .expected("a value")
            .got(format_args!("a panic: {text}"))
            .because(match text.contains("Empty") || text.contains("BadCharacter") {
                true => {
                    "A key is letters, digits and . _ - $, with a `/` behind the group and a `:` before the \
                     version; no part may be empty. Where there is no version, there is no `:` either. `$interface` \
                     and `$version` are literals already: `stringify!` would keep their quotes."
                }
                false => "Every description of these tests is in order, and every call can be written.",
            })
            .page(PAGE)
            .raise()
    })
}
