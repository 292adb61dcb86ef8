//! Model 1: one thread, one connection to its end, then the next.

use std::io;
use std::net::TcpListener;

use super::{Context, accept, serve_connection};

// ANCHOR: run
pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    while let Some(stream) = accept::next(listener, &context.meter, &context.stop) {
        // A failed connection is its peer's misfortune, not the server's end.
        if let Ok(_known) = context.stop.register(0, &stream) {
            let _ = serve_connection(stream, &*context.service, &context.limits);
        }
    }
    Ok(())
}
// ANCHOR_END: run
