//! Model 2: every connection gets a thread that waits for it alone.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use super::{Context, accept, serve_connection};

// ANCHOR: run
pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    let open = Arc::new(AtomicUsize::new(0));
    // The scope waits for every thread before `run` returns: nothing is left behind.
    thread::scope(|scope| {
        for id in 0.. {
            let Some(stream) = accept::next(listener, context) else { break };
            if open.load(SeqCst) >= context.limits.max_connections {
                accept::refuse(stream, context);
                continue;
            }
            let place = Place::take(&open);
            let spawned = thread::Builder::new().spawn_scoped(scope, move || {
                let _place = place; // given back when the thread ends, even by a panic
                let _counted = context.meter.thread();
                if let Ok(_known) = context.stop.register(id, &stream) {
                    let _ = serve_connection(stream, &*context.service, &context.limits);
                }
            });
            // No thread to be had: the stream was dropped with the closure, so the peer sees a close.
            if let Err(error) = spawned {
                accept::rest_after(&error, context);
            }
        }
    });
    Ok(())
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
