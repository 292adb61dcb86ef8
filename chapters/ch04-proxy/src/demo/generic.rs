//! Act 7: a program that was compiled without the interface.

use std::io::Write;
use std::sync::Arc;

use ch03_codec::shop::Shop;
use ch04_proxy::orders::order_service_skeleton;
use ch04_proxy::reflection::{Reflection, ReflectionStub};
use ch04_proxy::{Generic, RpcError, Server, Target};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{client, port};

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let skeleton = order_service_skeleton(Arc::new(Shop::default()));
    let server = Server::builder().service(skeleton).with_reflection().start(port()?)?;
    let invoker = client(server.address());

    let services = ReflectionStub::new(Arc::clone(&invoker)).services()?;
    writeln!(out, "  What the server says it has:")?;
    for service in &services {
        writeln!(out, "    {}", service.key)?;
        for method in &service.methods {
            writeln!(out, "      {method}")?;
        }
    }

    let generic = Generic::new(invoker);
    let item = json!({ "name": "keyboard", "quantity": 2, "cents": 4990 });
    let calls = [
        ("OrderService.say_hello", json!({ "name": "world" })),
        // No note: what may be missing is an Option.
        ("OrderService.place_order", json!({ "customer": "Ann", "items": [item] })),
        ("OrderService.get_order", json!([1])), // by position
        ("OrderService.get_order", json!({ "id": 2 })),
    ];
    writeln!(out, "\n  And what it does, for JSON:")?;
    let mut answers = Vec::new();
    for (target, arguments) in calls {
        let answer = match generic.call(&Target::parse(target)?, &arguments) {
            Ok(value) => value,
            Err(RpcError::Service(error)) => json!({ "error": error }),
            Err(other) => return Err(other.into()),
        };
        writeln!(out, "    {target}\n      ▶ {arguments}\n      ◀ {answer}")?;
        answers.push(answer);
    }
    server.stop()?;
    let keys: Vec<_> = services.iter().map(|service| &service.key).collect();
    Ok(json!({ "services": keys, "answers": answers }))
}
