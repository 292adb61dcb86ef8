//! An order whose item has two lines.

use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::{ClientOptions, Limits, Model, OrderBook, OrderDispatcher, Orders, RemoteOrders};

fn main() -> std::io::Result<()> {
    let service = Arc::new(OrderDispatcher::<OrderBook>::default());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = Model::OneAtATime.start(listener, service, Limits::default())?;
    let orders = RemoteOrders::new(server.address(), ClientOptions::default());
    if let Err(error) = orders.place_order("keyboard\nblue", 2) {
        println!("{error}");
        println!("{:?}", error.outcome());
    }
    Ok(())
}
