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
    let mut connections: Vec<Connection<Metered>> = Vec::new();
    let mut accept_after = Instant::now();
    while !context.stop.is_raised() {
        let before = context.meter.fruitful();
        if Instant::now() >= accept_after {
            let (new, trouble) = accept::all(listener, context, connections.len());
            connections.extend(new);
            if trouble {
                accept_after = Instant::now() + accept::REST; // and serve the others meanwhile
            }
        }
        connections.retain_mut(|connection| {
            let now = Instant::now(); // anew for each: the turns before may have taken long
            connection.turn(&*context.service, now) == Status::Open && connection.tick(now) == Status::Open
        });
        if context.meter.fruitful() == before {
            context.meter.sleep(REST); // every question was in vain
        }
    }
    Ok(())
}
// ANCHOR_END: run
