//! Methods to describe, an invoker that says what it is told to, and your functions, called so that no panic goes
//! unexplained.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};

use ch03_codec::{Format, Marshaller};
use ch04_proxy::reflection::{ArgumentInfo, MethodInfo};
use ch04_proxy::{CallError, Invocation, Reply, RpcError, ServiceKey, Status, Target};
use generic_call::{ArgumentError, Why};
use serde_json::Value;
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 4, \"Calling what you never compiled\"";

/// A method with these arguments: `"id: u64, note: Option<String>"`.
pub fn method(name: &str, arguments: &str, returns: &str) -> MethodInfo {
    let argument = |text: &str| {
        let (name, r#type) = text.split_once(": ").expect("the spec writes `name: type`");
        ArgumentInfo { name: name.into(), r#type: r#type.into() }
    };
    let arguments = arguments.split(", ").filter(|text| !text.is_empty()).map(argument).collect();
    MethodInfo { name: name.into(), arguments, returns: returns.into() }
}

pub fn get_order() -> MethodInfo {
    method("get_order", "id: u64", "Order")
}

pub fn place_order() -> MethodInfo {
    method("place_order", "customer: &str, items: &[Item], note: Option<String>", "u64")
}

/// Its arguments are not in the order of the alphabet.
pub fn set() -> MethodInfo {
    method("set", "zone: String, minutes: u8, hours: u8", "()")
}

pub fn services() -> MethodInfo {
    method("services", "", "Vec<ServiceInfo>")
}

pub fn total() -> MethodInfo {
    method("total", "cents: Vec<i64>", "i64")
}

/// The same value, written without blanks.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the spec writes JSON")
}

/// What your `arguments` makes of a text.
#[track_caller]
pub fn arguments(method: &MethodInfo, text: &str) -> Result<Value, ArgumentError> {
    told("arguments", &format!("{}\n{text}", generic_call::signature(method)), || {
        generic_call::arguments(method, text)
    })
}

/// Your `arguments` must take these, as `expected`.
#[track_caller]
pub fn check_taken(method: &MethodInfo, text: &str, expected: &str, because: &str) {
    let got = arguments(method, text);
    if got != Ok(json(expected)) {
        Failure::new(format_args!("Somebody calls {}.", generic_call::signature(method)))
            .show("and types", or_nothing(text))
            .expected(expected)
            .got(match &got {
                Ok(value) => value.to_string(),
                Err(error) => format!("an error: {error}"),
            })
            .because(because)
            .page(PAGE)
            .raise();
    }
}

/// Your `arguments` must refuse these, for this reason.
#[track_caller]
pub fn check_refused(
    method: &MethodInfo,
    text: &str,
    expected: &str,
    right: impl Fn(&Why) -> bool,
    because: &str,
) {
    let got = arguments(method, text);
    let refused = matches!(&got, Err(error) if right(&error.why));
    let named = !matches!(&got, Err(error) if error.method != generic_call::signature(method));
    if !refused || !named {
        Failure::new(format_args!("Somebody calls {}.", generic_call::signature(method)))
            .show("and types", or_nothing(text))
            .expected(format_args!("an error: {expected}; it is {}", generic_call::signature(method)))
            .got(match &got {
                Ok(value) => format!("no error, but {value}"),
                Err(error) => format!("an error: {error}\n            {error:?}"),
            })
            .because(if refused {
                "The right reason. But who reads it does not know what would have been right: `wrong(why)` adds \
                 what the method looks like."
            } else {
                because
            })
            .page(PAGE)
            .raise();
    }
}

fn or_nothing(text: &str) -> &str {
    if text.trim().is_empty() { "(nothing)" } else { text }
}

/// Writes down every call, and answers all of them alike.
pub struct Scripted<F> {
    pub calls: Mutex<Vec<Invocation>>,
    answer: F,
}

impl<F: Fn() -> Result<Reply, CallError> + Send + Sync> ch04_proxy::Invoker for Scripted<F> {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(invocation.clone());
        (self.answer)()
    }
}

/// A call of yours: what was sent, and what you made of the answer.
pub struct Called {
    pub sent: Vec<Invocation>,
    pub result: Result<Value, RpcError<Value>>,
}

/// Calls `get_order` with `arguments`; the other side answers with `answer`.
#[track_caller]
pub fn call(
    marshaller: &Marshaller,
    arguments: &Value,
    answer: impl Fn() -> Result<Reply, CallError> + Send + Sync,
) -> Called {
    call_to(&shop("get_order"), marshaller, arguments, answer)
}

#[track_caller]
pub fn call_to(
    target: &Target,
    marshaller: &Marshaller,
    arguments: &Value,
    answer: impl Fn() -> Result<Reply, CallError> + Send + Sync,
) -> Called {
    let invoker = Scripted { calls: Mutex::default(), answer };
    let given = format!("{}.{} with {arguments}", target.service, target.method);
    let result = told("call", &given, || generic_call::call(&invoker, marshaller, target, arguments));
    Called { sent: invoker.calls.into_inner().unwrap_or_else(PoisonError::into_inner), result }
}

/// A method of the shop.
pub fn shop(method: &str) -> Target {
    let service = ServiceKey::parse("blue/shop.OrderService:1.0").expect("a key");
    Target { service, method: method.into() }
}

/// A reply with `value` in `format`.
pub fn reply(status: Status, format: Format, value: &Value) -> Reply {
    let body =
        Marshaller::default().write(format, value).expect("every codec of these tests writes JSON's values");
    let Format { codec, compressor } = body.format;
    Reply { codec, compressor, ..Reply::new(status, body.bytes) }
}

/// A reply, in words.
pub fn shown(reply: &Reply) -> String {
    let Reply { status, codec, compressor, body } = reply;
    let mut text = format!("status {status}, codec {codec}, compressor {compressor}\n");
    let _ = write!(text, "{}", hex_dump(&body[..body.len().min(96)], &[]));
    text
}

/// Invocations, in words.
pub fn sent(calls: &[Invocation]) -> String {
    if calls.is_empty() {
        return "(nothing)".into();
    }
    let one = |call: &Invocation| {
        let Format { codec, compressor } = call.arguments.format;
        let bytes = &call.arguments.bytes;
        format!(
            "{}.{}, codec {codec}, compressor {compressor}, accepts {:?}\n{}",
            call.service(),
            call.method(),
            call.accept(),
            hex_dump(&bytes[..bytes.len().min(96)], &[])
        )
    };
    calls.iter().map(one).collect()
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(name: &str, given: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`{name}` panicked."))
            .show("given", given)
            .expected("a value or an error")
            .got(format_args!("a panic: {text}"))
            .because(match name {
                "call" => "Whatever a server sends is an answer: an error is a value here. `match` it, or hand it on.",
                _ => "Somebody mistyped. A line that says what is wrong helps; a panic does not.",
            })
            .page(PAGE)
            .raise()
    })
}
