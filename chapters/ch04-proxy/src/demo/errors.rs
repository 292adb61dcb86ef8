//! Act 5: everything that can go wrong, told apart. [P-06]

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use ch03_codec::shop::Shop;
use ch04_proxy::filters::RequireToken;
use ch04_proxy::orders::{OrderService, order_service_skeleton};
use ch04_proxy::{Generic, NoError, RpcError, Server, ServiceKey, Signature, Skeleton, Target};
use demo_kit::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{client, orders_at, port};

/// A method without arguments.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A service with a fault in it.
fn faulty() -> Result<Skeleton, Failure> {
    let divide = Signature { name: "divide", arguments: &[], returns: "u64" };
    let key = ServiceKey::parse("Calculator:2.0")?;
    let by = AtomicU64::new(0);
    Ok(Skeleton::new(key, "NoError")
        .method(divide, move |Nothing {}| -> Result<u64, NoError> { Ok(42 / by.load(Relaxed)) }))
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let shop = order_service_skeleton(Arc::new(Shop::default()));
    let server = Server::builder().service(shop).service(faulty()?).start(port()?)?;
    let generic = Generic::new(client(server.address()));

    let mut rows = Vec::new();
    let mut tell = |out: &mut dyn Write, what: &str, error: &RpcError<Value>| -> Result<(), Failure> {
        let text = error.to_string();
        let text = text.trim_start_matches("the server answered ");
        let (outcome, status) = (error.outcome().to_string(), error.status().map(|status| status.0));
        writeln!(out, "  {what}")?;
        for (index, line) in wrapped(&format!("{outcome}: {text}")).iter().enumerate() {
            writeln!(out, "  {}{line}", if index == 0 { "    " } else { "      " })?;
        }
        rows.push(json!({ "what": what, "status": status, "outcome": outcome }));
        Ok(())
    };

    // Whoever runs the server shall know why a handler panicked; so far that is Rust's hook for panics.
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let (writes, before) = (Arc::clone(&log), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        let why = panic.payload().downcast_ref::<&str>().unwrap_or(&"no text");
        writes.lock().unwrap_or_else(PoisonError::into_inner).push((*why).to_owned());
    }));

    for (target, arguments) in [
        ("OrderServis.get_order", json!({ "id": 1 })),
        ("Calculator.divide", json!({})), // without its version
        ("OrderService.get_ordre", json!({ "id": 1 })),
        ("OrderService.get_order", json!({})),
        ("OrderService.get_order", json!({ "id": 1, "currency": "EUR" })),
        ("OrderService.get_order", json!({ "id": "one" })),
        ("OrderService.get_order", json!({ "id": 1 })),
        ("Calculator:2.0.divide", json!({})),
    ] {
        let error = generic.call(&Target::parse(target)?, &arguments).err().ok_or("it went well")?;
        tell(out, &format!("{target} {arguments}"), &error)?;
    }

    std::panic::set_hook(before);
    let log = log.lock().unwrap_or_else(PoisonError::into_inner).join("; ");
    writeln!(out, "      (in the server's log, and nowhere else: {log})")?;

    let still = orders_at(server.address()).say_hello("world")?;
    writeln!(out, "\n  After all that: say_hello(\"world\") = {still:?}\n")?;
    server.stop()?;

    let guarded = Server::builder().filter(RequireToken::new("s3cret")).start(port()?)?;
    let guarded_by = Generic::new(client(guarded.address()));
    let target = Target::parse("OrderService.get_order")?;
    let error = guarded_by.call(&target, &Value::Null).err().ok_or("it went well")?;
    tell(out, "without a token", &error)?;
    guarded.stop()?;

    let error = generic.call(&target, &Value::Null).err().ok_or("a stopped server has answered")?;
    let outcome = error.outcome().to_string();
    writeln!(out, "  a server that has gone\n      {outcome}: no connection")?;
    rows.push(json!({ "what": "a server that has gone", "status": null, "outcome": outcome }));
    Ok(json!({ "errors": rows, "log": log, "then": still }))
}

/// Lines of at most 80 characters, broken at blanks.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 80 {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
