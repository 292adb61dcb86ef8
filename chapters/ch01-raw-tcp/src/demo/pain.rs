//! Act 8: what a line cannot do. Chapter 2 begins here. [T-04]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use ch01_raw_tcp::meter::Meter;
use ch01_raw_tcp::{ClientOptions, Limits, Model, OrderBook, OrderDispatcher, Orders, RemoteOrders, Service};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::start;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    // 1. A server that takes what one `read` brings for one request, as a first attempt does.
    let meter = Arc::new(Meter::default());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = meter.connect(listener.local_addr()?, Duration::from_secs(3))?;
    let mut server = meter.accept(&listener)?;
    client.socket().set_read_timeout(Some(Duration::from_secs(5)))?;
    // Twice in a hurry: both are on the other side before it looks.
    client.write_all(b"say_hello Ann\n")?;
    client.write_all(b"say_hello Bob\n")?;
    // ANCHOR: naive
    let mut buffer = [0; 4096];
    let count = server.read(&mut buffer)?;
    let request = buffer[..count].trim_ascii_end(); // "one read is one request"
    let reply = OrderDispatcher::<OrderBook>::default().call(request);
    // ANCHOR_END: naive
    server.write_all(&reply)?;
    let mut got = vec![0; reply.len()];
    client.read_exact(&mut got)?;
    let reply = String::from_utf8_lossy(&got).into_owned();
    writeln!(out, "  The client wrote twice:  \"say_hello Ann\\n\"  \"say_hello Bob\\n\"")?;
    writeln!(out, "  The server read once:    {count} bytes")?;
    writeln!(out, "  The client was told:     {reply:?}")?;
    writeln!(out, "  Two requests, one reply, and it greets somebody who does not exist.")?;

    // 2. Cutting at '\n' mends that, and then '\n' cannot travel.
    let lines = start(Model::ThreadPerConnection, Limits::default())?;
    let orders = RemoteOrders::new(lines.address(), ClientOptions::default());
    let refused = orders.place_order("a poem:\nroses are red", 1).err().ok_or("a line break travelled")?;
    writeln!(out, "\n  Cut at every '\\n', then. But an item with a line break in its name?")?;
    writeln!(out, "  {refused}")?;
    lines.stop()?;
    writeln!(out, "\n  And a line does not say: how long it is, what it is, whose reply it is.")?;
    Ok(json!({ "writes": 2, "reads": 1, "bytes": count, "reply": reply, "newline": refused.to_string() }))
}
