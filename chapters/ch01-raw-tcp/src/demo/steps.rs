//! Act 2: the nine steps of one call, as both stubs noted them. [F-07]

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::steps::{Step, StepLog};
use ch01_raw_tcp::{
    ClientOptions, Limits, Model, Order, OrderBook, OrderDispatcher, OrderError, Orders, RemoteOrders,
};
use demo_kit::Failure;
use serde_json::{Value, json};

/// Stands around the business and notes that it runs; the business itself knows nothing of steps.
struct Watched {
    book: OrderBook,
    steps: StepLog,
}

impl Orders for Watched {
    type Error = OrderError;

    fn say_hello(&self, name: &str) -> Result<String, OrderError> {
        self.steps.note(Step::BusinessRuns, || format!("say_hello({name:?})"));
        self.book.say_hello(name)
    }

    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, OrderError> {
        self.steps.note(Step::BusinessRuns, || format!("place_order({item:?}, {quantity})"));
        self.book.place_order(item, quantity)
    }

    fn get_order(&self, id: u64) -> Result<Order, OrderError> {
        self.steps.note(Step::BusinessRuns, || format!("get_order({id})"));
        self.book.get_order(id)
    }
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let steps = StepLog::recording();
    let watched = Watched { book: OrderBook::default(), steps: steps.clone() };
    let service = Arc::new(OrderDispatcher::new(watched, steps.clone()));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = Model::ThreadPerConnection.start(listener, service, Limits::default())?;
    let orders = RemoteOrders::new(server.address(), ClientOptions::default()).with_steps(steps.clone());
    let greeting = orders.say_hello("world")?;

    for (step, detail) in steps.entries() {
        writeln!(out, "  {} {:40} {detail}", step as u8, step.label())?;
    }
    writeln!(out, "\n  say_hello(\"world\") = {greeting:?}")?;
    let numbers: Vec<u8> = steps.entries().iter().map(|(step, _)| *step as u8).collect();
    Ok(json!({ "order": numbers, "result": greeting }))
}
