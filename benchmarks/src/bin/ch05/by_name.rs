//! A call by name beside the same call by address.

use std::hint::black_box;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use benchmarks::{Contestant, Outcome, compare};
use ch02_protocol::ClientOptions;
use ch03_codec::shop::Shop;
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Client, Invoker, Server};
use ch05_registry::subscription::{Publisher, subscription};
use ch05_registry::{Endpoint, Named, Provider};

use crate::Error;

/// A server with one order service.
fn server() -> Result<Server, Error> {
    let skeleton = order_service_skeleton(Arc::<Shop>::default());
    Ok(Server::builder().service(skeleton).start(TcpListener::bind("127.0.0.1:0")?)?)
}

/// A way by name to `servers`, and who would tell it of others.
fn named(servers: &[Server]) -> (Publisher, Named) {
    let (mut publisher, subscription) = subscription(OrderServiceStub::key());
    let endpoints = servers.iter().map(|server| Arc::new(Endpoint::new(server.address())));
    publisher.publish(endpoints.map(|endpoint| Provider { endpoint, since: Instant::now() }).collect());
    (publisher, Named::new(subscription, ClientOptions::default()))
}

pub fn measure(round: Duration) -> Result<Vec<Outcome>, Error> {
    let servers = [server()?, server()?, server()?];
    let direct = Client::new(servers[0].address(), ClientOptions::default());
    let ((_one, one), (_three, three)) = (named(&servers[..1]), named(&servers));
    let calls = |name, invoker: Arc<dyn Invoker>| {
        let stub = OrderServiceStub::new(invoker);
        let work = move || _ = black_box(stub.say_hello(black_box("world")).expect("the server lives"));
        Contestant { name, work: Box::new(work) }
    };
    Ok(compare(
        vec![
            calls("by address (chapter 4)", Arc::new(direct)),
            calls("by name, one provider", Arc::new(one)),
            calls("by name, three in turn", Arc::new(three)),
        ],
        round,
    ))
}
