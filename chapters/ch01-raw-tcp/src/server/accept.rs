//! Taking connections, and surviving what `accept` can fail with.

use std::io::{self, Write};
use std::net::{Shutdown, TcpListener};
use std::time::Duration;

use super::Context;
use crate::message::{Code, Reply};
use crate::meter::Metered;

/// How long to rest when the process has no file handle left: 50 ms. `accept` would fail again at once,
/// so a loop without a rest burns a core exactly when the machine is in trouble.
const REST: Duration = Duration::from_millis(50);

/// The next connection for a blocking server; `None` when the server is to stop.
pub(super) fn next(listener: &TcpListener, context: &Context) -> Option<Metered> {
    while !context.stop.is_raised() {
        match context.meter.accept(listener) {
            Ok(_) if context.stop.is_raised() => break, // our own wake-up call
            Ok(stream) => return Some(stream),
            Err(error) => rest_after(&error, context),
        }
    }
    None
}

/// One bad connection must not end the server. Rests when trying again at once would be in vain.
pub(super) fn rest_after(error: &io::Error, context: &Context) {
    match error.kind() {
        // The peer gave up while it was in the queue, or a signal came: nothing is wrong with us.
        io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted => {}
        _ => context.meter.sleep(REST),
    }
}

/// Says `error busy` and closes: a caller that is refused at once can go elsewhere, one that waits cannot.
// ANCHOR: refuse
pub(super) fn refuse(mut stream: Metered, context: &Context) {
    context.meter.count_refused();
    let mut line =
        Reply::Error(Code::Busy, "no room for another connection, try again later".into()).to_line();
    line.push(b'\n');
    // 60 bytes fit into the send buffer of a new connection, so this cannot block. If the caller has
    // already gone, there is nobody to tell.
    let _ = stream.write(&line);
    let _ = stream.socket().shutdown(Shutdown::Write);
}
// ANCHOR_END: refuse
