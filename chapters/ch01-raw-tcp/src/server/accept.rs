//! Taking connections, and surviving what `accept` can fail with.

use std::io::{self, Write};
use std::net::{Shutdown, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::stop::Stop;
use super::{Connection, Context};
use crate::message::{Code, Reply};
use crate::meter::{Meter, Metered};

/// How long to rest when the process has no file handle left: 50 ms. `accept` would fail again at once,
/// so a loop without a rest burns a core exactly when the machine is in trouble.
pub(super) const REST: Duration = Duration::from_millis(50);

/// How many connections are taken before the others get their turn: 64, as many as epoll hands out events.
const PER_TURN: usize = 64;

/// The next connection for a blocking server; `None` when the server is to stop.
pub(super) fn next(listener: &TcpListener, meter: &Arc<Meter>, stop: &Stop) -> Option<Metered> {
    while !stop.is_raised() {
        match meter.accept(listener) {
            Ok(_) if stop.is_raised() => break, // our own wake-up call
            Ok(stream) => return Some(stream),
            Err(error) => rest_after(&error, meter),
        }
    }
    None
}

/// One bad connection must not end the server. Rests when trying again at once would be in vain: that is for
/// a thread which does nothing but accept, or everybody else would wait with it.
pub(super) fn rest_after(error: &io::Error, meter: &Meter) {
    if is_trouble(error) {
        meter.sleep(REST);
    }
}

/// Whether `accept` will fail again for the same reason. A peer that gave up while it was in the queue, or a
/// signal, is no such reason.
pub(super) fn is_trouble(error: &io::Error) -> bool {
    !matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted)
}

/// Takes the connections that wait, and refuses those above the limit. For models that never block; `open`
/// is how many they have. Beside those that were taken it tells whether to try again soon would be in vain.
pub(super) fn all(
    listener: &TcpListener,
    context: &Context,
    open: usize,
) -> (Vec<Connection<Metered>>, bool) {
    let mut accepted = Vec::new();
    for _ in 0..PER_TURN {
        match context.meter.accept(listener) {
            Ok(stream) if open + accepted.len() >= context.limits.max_connections => refuse(stream, context),
            Ok(stream) => {
                // An option that cannot be set means that the peer has already gone.
                let ready = stream.socket().set_nonblocking(true).and(stream.socket().set_nodelay(true));
                if ready.is_ok() {
                    accepted.push(Connection::new(stream, &context.limits, Instant::now()));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if is_trouble(&error) => return (accepted, true),
            Err(_) => {}
        }
    }
    (accepted, false)
}

/// Says `error busy` and closes: a caller that is refused at once can go elsewhere, one that waits cannot.
// ANCHOR: refuse
pub(super) fn refuse(mut stream: Metered, context: &Context) {
    context.meter.count_refused();
    let reply = Reply::Error(Code::Busy, "no room for another connection, try again later".into());
    // 60 bytes fit into the send buffer of a new connection, so this cannot block. If the caller has
    // already gone, there is nobody to tell.
    let _ = stream.write(&reply.to_wire());
    let _ = stream.socket().shutdown(Shutdown::Write);
}
// ANCHOR_END: refuse
