//! What the tests of this chapter share.
#![allow(dead_code)] // each test program uses its part

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ch01_raw_tcp::{Meter, Outcome};
use ch02_protocol::{ClientOptions, Frame, FrameClient, Reply};
use ch03_codec::shop::{Item, Shop};
use ch03_codec::{CodecTable, Format};
use ch04_proxy::orders::{OrderError, OrderServiceStub, order_service_skeleton};
use ch04_proxy::server::ServerBuilder;
use ch04_proxy::{Client, Invoker, Proxy, RpcError, Server, ServiceKey, Status};

/// How long a test waits for what must come. It only has to end; no test passes by being fast.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Free port, this machine.
pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// A client that dials when it has to.
pub fn dial(address: SocketAddr) -> Arc<Client> {
    Arc::new(Client::new(address, ClientOptions::default()))
}

/// A connection that sends the frames that a test makes.
pub fn frame_client(address: SocketAddr) -> FrameClient {
    FrameClient::connect(address, &ClientOptions::default(), &Arc::new(Meter::default())).unwrap()
}

/// A server that serves a shop of its own.
pub fn shop_server() -> ServerBuilder {
    Server::builder().service(order_service_skeleton(Arc::new(Shop::default())))
}

/// A stub of the order service that calls in `format`.
pub fn stub_in(format: Format, invoker: Arc<dyn Invoker>) -> OrderServiceStub {
    OrderServiceStub::over(proxy(OrderServiceStub::key().as_str(), invoker).with_format(format))
}

/// Calls by name, with whatever arguments.
pub fn proxy(service: &str, invoker: Arc<dyn Invoker>) -> Proxy {
    Proxy::new(ServiceKey::parse(service).unwrap(), invoker)
}

/// Every codec, uncompressed.
pub fn codecs() -> Vec<(&'static str, Format)> {
    let table = CodecTable::default();
    table.iter().map(|codec| (codec.name(), Format { codec: codec.id(), compressor: 0 })).collect()
}

/// A format by its codec's name, uncompressed.
pub fn format(codec: &str) -> Format {
    codecs().into_iter().find(|(name, _)| *name == codec).expect("a codec").1
}

/// Two lines of an order; the second is one on which texts stumble.
pub fn items() -> Vec<Item> {
    vec![
        Item { name: "blue keyboard".into(), quantity: 2, cents: 4900 },
        Item { name: "discount\n\"spring\" \u{1F600}".into(), quantity: 1, cents: -500 },
    ]
}

/// All that a caller can learn from an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub variant: &'static str,
    pub status: Option<u16>,
    pub outcome: Outcome,
    pub text: String,
}

/// What a caller learns from an error of a stub.
pub fn seen<T: std::fmt::Debug, E: std::fmt::Display + std::fmt::Debug>(
    result: Result<T, RpcError<E>>,
) -> Seen {
    let error = result.expect_err("it must not go well");
    let variant = match &error {
        RpcError::Service(_) => "Service",
        RpcError::Call(ch04_proxy::CallError::Remote { .. }) => "Remote",
        RpcError::Call(ch04_proxy::CallError::Connect { .. }) => "Connect",
        RpcError::Call(ch04_proxy::CallError::GoneAway { .. }) => "GoneAway",
        RpcError::Call(_) => "Call",
        RpcError::Arguments(_) => "Arguments",
        RpcError::Name(_) => "Name",
        RpcError::Answer { .. } => "Answer",
    };
    let status = error.status().map(|Status(code)| code);
    Seen { variant, status, outcome: error.outcome(), text: error.to_string() }
}

/// The service's own error, where nothing else can have gone wrong.
pub fn own(error: RpcError<OrderError>) -> OrderError {
    match error {
        RpcError::Service(error) => error,
        other => panic!("not the shop's own no: {other}"),
    }
}

/// What a server says to a frame.
pub fn ask(client: &FrameClient, frame: Frame) -> Reply {
    Reply::from(client.send(frame).unwrap().wait().unwrap())
}

/// Where a handler can stand still until the test lets it go.
pub struct Gate {
    entered: Mutex<Sender<()>>,
    open: Mutex<Receiver<()>>,
}

impl Gate {
    /// The gate, word of each one that has come to it, and the key: dropping it opens.
    pub fn new() -> (Self, Receiver<()>, Sender<()>) {
        let ((entered, at_the_gate), (key, open)) = (channel(), channel());
        (Self { entered: Mutex::new(entered), open: Mutex::new(open) }, at_the_gate, key)
    }

    /// Stands still: one key a caller, or the key's end.
    pub fn wait(&self) {
        let _ = self.entered.lock().unwrap_or_else(PoisonError::into_inner).send(());
        let _ = self.open.lock().unwrap_or_else(PoisonError::into_inner).recv();
    }
}
