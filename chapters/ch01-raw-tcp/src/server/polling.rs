//! Model 4: one thread that asks everybody, again and again.

use std::io;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::{Connection, Context, Status, accept};
use crate::meter::Metered;

/// The rest after a round in which nobody had anything: 1 ms. Shorter burns more of the CPU on vain
/// questions, longer makes every call wait longer. There is no good value; that is the lesson.
const REST: Duration = Duration::from_millis(1);

// ANCHOR: run
pub(super) fn run(listener: &TcpListener, context: &Context) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let mut connections: Vec<Connection<Metered>> = Vec::new();
    while !context.stop.is_raised() {
        let before = context.meter.fruitful();
        connections.extend(accept_all(listener, context, connections.len()));
        let now = Instant::now();
        connections.retain_mut(|connection| {
            connection.turn(&*context.service, now) == Status::Open && connection.tick(now) == Status::Open
        });
        if context.meter.fruitful() == before {
            context.meter.sleep(REST); // every question was in vain
        }
    }
    Ok(())
}
// ANCHOR_END: run

/// Takes every connection that waits, and refuses those above the limit. Also epoll's way, once its
/// listener is ready.
pub(super) fn accept_all(listener: &TcpListener, context: &Context, open: usize) -> Vec<Connection<Metered>> {
    let mut accepted = Vec::new();
    while !context.stop.is_raised() {
        match context.meter.accept(listener) {
            Ok(stream) if open + accepted.len() >= context.limits.max_connections => {
                accept::refuse(stream, context);
            }
            Ok(stream) => {
                // An option that cannot be set means that the peer has already gone.
                let ready = stream.socket().set_nonblocking(true).and(stream.socket().set_nodelay(true));
                if ready.is_ok() {
                    accepted.push(Connection::new(stream, &context.limits, Instant::now()));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) => {
                accept::rest_after(&error, context);
                break;
            }
        }
    }
    accepted
}
