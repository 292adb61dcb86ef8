//! Model 2: every connection gets a thread that waits for it alone.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use super::stop::Stop;
use super::{ConnectionHandler, Context, accept, serve_connection};
use crate::meter::{Meter, Metered};

pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    let max_connections = context.limits.max_connections;
    serve_each(listener, context, max_connections, &context.meter, &context.stop);
    Ok(())
}

/// Chapter 1's connections: lines.
impl ConnectionHandler for Context {
    fn serve(&self, stream: Metered) {
        // A failed connection is its peer's misfortune, not the server's end.
        let _ = serve_connection(stream, &*self.service, &self.limits);
    }

    fn refuse(&self, stream: Metered) {
        accept::refuse(stream, self);
    }
}

/// Gives every connection a thread, up to `max_connections`, until the server is stopped. The
/// scope waits for every thread before this returns: nothing is left behind.
// ANCHOR: run
pub(super) fn serve_each(
    listener: &TcpListener,
    handler: &dyn ConnectionHandler,
    max_connections: usize,
    meter: &Arc<Meter>,
    stop: &Stop,
) {
    let open = Arc::new(AtomicUsize::new(0));
    thread::scope(|scope| {
        for id in 0.. {
            let Some(stream) = accept::next(listener, meter, stop) else { break };
            if open.load(SeqCst) >= max_connections {
                handler.refuse(stream);
                continue;
            }
            let place = Place::take(&open);
            let spawned = thread::Builder::new().spawn_scoped(scope, move || {
                let _place = place; // given back when the thread ends, even by a panic
                let _counted = meter.thread();
                if let Ok(_known) = stop.register(id, &stream) {
                    handler.serve(stream);
                }
            });
            // No thread to be had: the stream was dropped with the closure, so the peer sees a close.
            if let Err(error) = spawned {
                accept::rest_after(&error, meter);
            }
        }
    });
}
// ANCHOR_END: run

/// One of the `max_connections` places.
struct Place(Arc<AtomicUsize>);

impl Place {
    /// Only the accepting thread takes places, so looking first and taking then is no race.
    fn take(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, SeqCst);
        Self(Arc::clone(open))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}
