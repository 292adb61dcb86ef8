//! [F-07] One call takes nine steps, in this order.

use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::steps::{Step, StepLog};
use ch01_raw_tcp::{
    ClientOptions, Limits, Model, Order, OrderBook, OrderDispatcher, OrderError, Orders, RemoteOrders,
};

/// The business, watched from outside: it knows nothing about steps.
struct Watched(OrderBook, StepLog);

impl Orders for Watched {
    type Error = OrderError;

    fn say_hello(&self, name: &str) -> Result<String, OrderError> {
        self.1.note(Step::BusinessRuns, || format!("say_hello({name:?})"));
        self.0.say_hello(name)
    }
    fn place_order(&self, item: &str, quantity: u32) -> Result<u64, OrderError> {
        self.0.place_order(item, quantity)
    }
    fn get_order(&self, id: u64) -> Result<Order, OrderError> {
        self.0.get_order(id)
    }
}

#[test]
fn nine_steps_in_order() {
    let log = StepLog::recording();
    let service = OrderDispatcher::new(Watched(OrderBook::default(), log.clone()), log.clone());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Model::ThreadPerConnection.start(listener, Arc::new(service), Limits::default()).unwrap();
    let remote = RemoteOrders::new(server.address(), ClientOptions::default()).with_steps(log.clone());
    remote.say_hello("world").unwrap();
    let steps: Vec<u8> = log.entries().iter().map(|(step, _)| *step as u8).collect();
    assert_eq!(steps, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}
