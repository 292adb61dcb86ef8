//! The tool `serve`: a server to play with.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::channel;

use ch03_codec::shop::Shop;
use ch04_proxy::Server;
use ch04_proxy::filters::{Logging, RequireToken};
use ch04_proxy::orders::{OrderService, order_service_skeleton};
use demo_kit::Failure;

use super::items;

/// Serves until it is told to end.
pub fn run(listen: SocketAddr, token: Option<&str>) -> Result<(), Failure> {
    let shop = Shop::default();
    // So that there is an order 42 to ask for.
    for _ in 0..42 {
        OrderService::place_order(&shop, "Ann", &items(), None)?;
    }
    let listener =
        TcpListener::bind(listen).map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let mut builder = Server::builder().filter(Logging::to_stderr());
    if let Some(token) = token {
        builder = builder.filter(RequireToken::new(token));
    }
    let skeleton = order_service_skeleton(Arc::new(shop));
    let server = builder.service(skeleton).with_reflection().start(listener)?;

    let (end, ended) = channel();
    ctrlc::set_handler(move || _ = end.send(()))?;
    let with = if token.is_some() { "--token SECRET " } else { "" };
    let address = server.address();
    let call = format!("  cargo run -q -p ch04-proxy --bin call -- {with}{address}");
    let text = format!(
        "listening on {address}; Ctrl-C ends it. In another terminal:\n{call}\n{call} OrderService.get_order '{{\"id\":42}}'\n"
    );
    // Whoever started us may have stopped reading. That is no reason to stop serving.
    let _ = std::io::stdout().write_all(text.as_bytes());
    // An error means that the handler is gone, which ends us as well.
    let _ = ended.recv();
    server.stop()?;
    Ok(())
}
