//! Act 3: the nine steps of one call, with their bytes. [F-07]
//!
//! Nothing in the crate was changed to see them. Every seam is a place to look from: filters at both ends, a
//! wrapper around the business, and a wiretap between the two.

use std::io::Write;
use std::sync::Arc;

use ch01_raw_tcp::steps::{Step, StepLog};
use ch02_protocol::{Frame, Kind, dissect};
use ch03_codec::dump::show;
use ch03_codec::shop::{Item, Order, Shop};
use ch03_codec::tagged;
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{CallError, Chain, Filter, Invocation, Invoker, Reply, Server};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::wiretap::{Way, tap};
use super::{client, hex, port};

/// Stands around a service and notes that it runs. The service knows nothing of it; neither do its callers:
/// it is an order service itself. One method for each method, though, for the sake of one line.
// ANCHOR: watched
struct Watched<S> {
    service: S,
    steps: StepLog,
}

impl<S: OrderService> OrderService for Watched<S> {
    type Error = S::Error;

    fn say_hello(&self, name: &str) -> Result<String, S::Error> {
        self.steps.note(Step::BusinessRuns, || format!("shop.say_hello({name:?})"));
        self.service.say_hello(name)
    }
    // ANCHOR_END: watched

    fn place_order(&self, customer: &str, items: &[Item], note: Option<String>) -> Result<u64, S::Error> {
        self.steps.note(Step::BusinessRuns, || format!("shop.place_order({customer:?}, …)"));
        self.service.place_order(customer, items, note)
    }

    fn get_order(&self, id: u64) -> Result<Order, S::Error> {
        self.steps.note(Step::BusinessRuns, || format!("shop.get_order({id})"));
        self.service.get_order(id)
    }

    fn list_orders(&self, from: u64, count: u32) -> Result<Vec<Order>, S::Error> {
        self.steps.note(Step::BusinessRuns, || format!("shop.list_orders({from}, {count})"));
        self.service.list_orders(from, count)
    }
}

/// Steps 2 and 8: what the stub hands out, and what it gets back.
struct AtTheStub(StepLog);

impl Filter for AtTheStub {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let (service, method) = (invocation.service(), invocation.method());
        let arguments = &invocation.arguments.bytes;
        self.0.note(Step::StubPacks, || format!("{service}.{method}, arguments {}", hex(arguments)));
        let reply = next.invoke(invocation)?;
        self.0.note(Step::StubUnpacks, || format!("{}, result {}", reply.status, hex(&reply.body)));
        Ok(reply)
    }
}

/// Steps 4 and 5: what came out of the frame, and who is asked.
struct AtTheServer(StepLog);

impl Filter for AtTheServer {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let (service, method) = (invocation.service(), invocation.method());
        let arguments = &invocation.arguments.bytes;
        self.0.note(Step::ServerUnpacks, || format!("{service}.{method}, arguments {}", hex(arguments)));
        self.0.note(Step::ServerDispatches, || format!("asks the table for {service}, in it for {method}"));
        next.invoke(invocation)
    }
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let steps = StepLog::recording();
    let shop: Watched<Shop> = Watched { service: Shop::default(), steps: steps.clone() };
    let server = Server::builder()
        .service(order_service_skeleton(Arc::new(shop)))
        .filter(AtTheServer(steps.clone()))
        .start(port()?)?;

    let on_the_wire = steps.clone();
    let (wire, thread) = tap(server.address(), move |way, frame: &Frame, bytes| {
        let step = match (way, frame.kind) {
            (Way::There, Kind::Request) => Step::StubSends,
            (Way::Back, Kind::Response) => Step::ServerReplies,
            _ => return, // the server's goodbye
        };
        on_the_wire.note(step, || hex(bytes));
    })?;
    let chain = Chain::new(vec![Arc::new(AtTheStub(steps.clone()))], client(wire));
    let orders = OrderServiceStub::new(Arc::new(chain));

    steps.note(Step::CallerCalls, || "orders.say_hello(\"world\")".into());
    let result: Result<String, ch04_proxy::RpcError<OrderError>> = orders.say_hello("world");
    let greeting = result?;
    steps.note(Step::CallerReturns, || format!("{greeting:?}"));

    let entries = steps.entries();
    for (step, detail) in &entries {
        writeln!(out, "  {} {}", *step as u8, step.label())?;
        for row in rows(detail) {
            writeln!(out, "      {row}")?;
        }
    }
    let bytes = |wanted| {
        let found = entries.iter().find(|(step, _)| *step == wanted).map(|(_, detail)| unhex(detail));
        found.ok_or("a frame has not passed the wiretap")
    };
    let (request, response) = (bytes(Step::StubSends)?, bytes(Step::ServerReplies)?);
    writeln!(out, "\n  The frame of step 3:\n{}", indented(&dissect(&request)))?;
    let body = &request[request.len() - body_length(&request)..];
    writeln!(out, "  Its body, the arguments:\n{}", indented(&show(&tagged::dump(body))))?;

    drop(orders);
    server.stop()?;
    thread.join().map_err(|_| "the wiretap panicked")??;
    let numbers: Vec<u8> = entries.iter().map(|(step, _)| *step as u8).collect();
    Ok(json!({
        "order": numbers,
        "result": greeting,
        "request_bytes": request.len(),
        "response_bytes": response.len(),
        "body": hex(body),
    }))
}

/// A row has room for 24 bytes in hexadecimal.
fn rows(text: &str) -> Vec<String> {
    const ROW: usize = 24 * 3;
    if text.len() <= ROW + 8 {
        return vec![text.to_owned()];
    }
    let bytes: Vec<&str> = text.split(' ').collect();
    bytes.chunks(24).map(|row| row.join(" ")).collect()
}

/// The length of a frame's body: the header's last four bytes.
fn body_length(frame: &[u8]) -> usize {
    u32::from_be_bytes([frame[20], frame[21], frame[22], frame[23]]) as usize
}

/// What `hex` has written.
fn unhex(text: &str) -> Vec<u8> {
    text.split(' ').filter_map(|digits| u8::from_str_radix(digits, 16).ok()).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
