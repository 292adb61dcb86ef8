//! 04-06 Generic invocation.
//!
//! A tool calls a service that it was not compiled with: it knows a name, and some JSON that somebody typed.
//!
//! ```text
//!   "OrderService.get_order"   ─▶ target ────▶ service and method ─┐
//!                                                                  ├▶ call ─▶ Invocation ─▶ dyn Invoker
//!   "[42]" or '{"id": 42}'     ─▶ arguments ─▶ {"id": 42} ─────────┘   ◀── a value, or why not ◀──┘
//!                                    ▲
//!       what the server says of the method: get_order(id: u64) -> Order
//! ```
#![forbid(unsafe_code)]

use std::fmt;

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::key::check_method;
use ch04_proxy::reflection::MethodInfo;
use ch04_proxy::{Invocation, Invoker, NameError, RpcError, ServiceKey, Target};
use serde_json::{Map, Value};

/// How a generic call is written: JSON (1), since it says itself what it holds, and deflated (1) when that pays.
pub const FORMAT: Format = Format { codec: 1, compressor: 1 };

/// Reads `OrderService.get_order`, or `blue/shop.OrderService:1.0.get_order`.
///
/// # Errors
/// [`NameError`]: the method or a part of the service is no name.
pub fn target(text: &str) -> Result<Target, NameError> {
    // YOUR CODE target: split the method off, look at both halves.
    let (service, method) = text.rsplit_once('.').ok_or(NameError::Empty { what: "method" })?;
    check_method(method)?;
    Ok(Target { service: ServiceKey::parse(service)?, method: method.to_owned() })
    // END YOUR CODE
}

/// The arguments of `method` by their names, from what somebody typed: an object, an array in the order of the
/// method, or nothing.
///
/// # Errors
/// [`ArgumentError`]: they are not those of `method`.
pub fn arguments(method: &MethodInfo, text: &str) -> Result<Value, ArgumentError> {
    let expected: Vec<&str> = method.arguments.iter().map(|argument| argument.name.as_str()).collect();
    let wrong = |why| ArgumentError { method: signature(method), why };
    // YOUR CODE arguments: read the text, give every value its name, refuse what is too few or too many.
    let text = if text.trim().is_empty() { "{}" } else { text };
    let given = serde_json::from_str(text).map_err(|error| wrong(Why::NotJson(error.to_string())))?;
    let named: Map<String, Value> = match given {
        Value::Object(named) => named,
        Value::Array(values) if values.len() == expected.len() => {
            expected.iter().map(|name| name.to_string()).zip(values).collect()
        }
        Value::Array(values) => {
            return Err(wrong(Why::Count { expected: expected.len(), got: values.len() }));
        }
        other => return Err(wrong(Why::Shape(kind(&other)))),
    };
    let missing = expected.iter().filter(|name| !named.contains_key(**name));
    let missing: Vec<String> = missing.map(|name| name.to_string()).collect();
    let unknown = named.keys().filter(|name| !expected.contains(&name.as_str()));
    let unknown: Vec<String> = unknown.cloned().collect();
    if missing.is_empty() && unknown.is_empty() {
        return Ok(Value::Object(named));
    }
    Err(wrong(Why::Names { missing, unknown }))
    // END YOUR CODE
}

/// Calls `target` with `arguments` through `invoker`, in [`FORMAT`].
///
/// # Errors
/// [`RpcError`]; the service's own error comes as JSON, too.
pub fn call(
    invoker: &dyn Invoker,
    marshaller: &Marshaller,
    target: &Target,
    arguments: &Value,
) -> Result<Value, RpcError<Value>> {
    // YOUR CODE call: write, invoke, and read what came: a value, the service's own no, or another status.
    let body = marshaller.write(FORMAT, arguments).map_err(RpcError::Arguments)?;
    let invocation = Invocation::new(target.service.clone(), target.method.clone(), body)?;
    let reply = invoker.invoke(&invocation.accepting(FORMAT.compressor))?;
    let Reply { status, codec, compressor, body: bytes } = reply;
    if status != Status::OK && status != Status::SERVICE_ERROR {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Err(CallError::Remote { status, text }.into());
    }
    let body = Body { format: Format { codec, compressor }, bytes };
    let value = marshaller.read(&body).map_err(|source| RpcError::Answer { status, source })?;
    if status == Status::OK { Ok(value) } else { Err(RpcError::Service(value)) }
    // END YOUR CODE
}

/// `get_order(id: u64) -> Order`.
pub fn signature(method: &MethodInfo) -> String {
    let arguments: Vec<_> =
        method.arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.r#type)).collect();
    format!("{}({}) -> {}", method.name, arguments.join(", "), method.returns)
}

/// What a value is, in the words of JSON.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Arguments that are not those of a method. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}; it is {method}")]
pub struct ArgumentError {
    /// What the method looks like: its [`signature`].
    pub method: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The text is not JSON: what serde_json said about it.
    NotJson(String),
    /// It is neither an object nor an array: its [`kind`].
    Shape(&'static str),
    /// An array of another length than the method has arguments.
    Count {
        /// How many arguments the method has.
        expected: usize,
        /// How many values came.
        got: usize,
    },
    /// An object with other names than the method's arguments.
    Names {
        /// Arguments of the method that did not come, in the order of the method.
        missing: Vec<String>,
        /// What came and is no argument, in the order of the object.
        unknown: Vec<String>,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(why) => write!(f, "not JSON: {why}"),
            Self::Shape(got) => write!(f, "expected an object or an array, got {got}"),
            Self::Count { expected, got } => write!(f, "expected {expected} arguments, got {got}"),
            Self::Names { missing, unknown } => {
                let part = |what, names: &[String]| match names {
                    [] => String::new(),
                    names => format!("{what}: {}", names.join(", ")),
                };
                let parts = [part("missing", missing), part("unknown", unknown)];
                let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                f.write_str(&parts.join("; "))
            }
        }
    }
}
