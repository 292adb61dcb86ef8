//! Act 3: `read` and `write` do what they can, not what you asked for. [T-04] [T-08]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use ch01_raw_tcp::meter::{Meter, Metered};
use demo_kit::Failure;
use serde_json::{Value, json};

/// 20,000,000 bytes: more than the buffers between two programs hold. (Linux lets them grow, a send buffer to
/// 4 MB if the administrator has not said otherwise; a receive buffer grows only for a program that reads.)
const MESSAGE: usize = 20_000_000;
/// What the reader offers each time: 64 KiB, a common choice.
const BUFFER: usize = 64 * 1024;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let (mut sender, mut receiver) = pair()?;

    // Short writes: nobody reads, so the kernel takes what its buffers hold, and then nothing.
    sender.socket().set_nonblocking(true)?;
    let message = vec![b'x'; MESSAGE];
    let mut accepted = 0;
    let mut writes = Vec::new();
    let refused = loop {
        match sender.write(&message[accepted..]) {
            Ok(count) => {
                accepted += count;
                writes.push(count);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => break true,
            Err(error) => return Err(error.into()),
        }
        if accepted == message.len() {
            break false; // a system with generous buffers
        }
    };
    writeln!(
        out,
        "  write  {MESSAGE} bytes to a peer that does not read:\n         the kernel took {accepted} {writes:?}"
    )?;
    if refused {
        writeln!(out, "         and then: would block. A full send buffer is back-pressure.")?;
    }

    // Short reads: the rest is written while we read; each read gets what is there.
    sender.socket().set_nonblocking(false)?;
    let rest = message[accepted..].to_vec();
    let writer = std::thread::spawn(move || sender.write_all(&rest)); // dropping `sender` ends the stream
    let mut buffer = vec![0; BUFFER];
    let mut reads = Vec::new();
    loop {
        match receiver.read(&mut buffer)? {
            0 => break,
            count => reads.push(count),
        }
    }
    writer.join().map_err(|_| "the writer panicked")??;
    let full = reads.iter().filter(|&&count| count == BUFFER).count();
    writeln!(out, "  read   {} times to get them all, {full} times as much as asked for", reads.len())?;
    let first: Vec<_> = reads.iter().take(6).collect();
    writeln!(out, "         asked for {BUFFER} each time, got {first:?} …")?;
    let total: usize = reads.iter().sum();
    writeln!(
        out,
        "  sum    {total} bytes: none lost, none twice, none out of order.\n         Only the borders are gone."
    )?;
    Ok(json!({
        "message": MESSAGE,
        "accepted_before_would_block": accepted,
        "would_block": refused,
        "reads": reads.len(),
        "full_reads": full,
        "received": total,
    }))
}

fn pair() -> Result<(Metered, Metered), Failure> {
    let meter = Arc::new(Meter::default());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let sender = meter.connect(listener.local_addr()?, Duration::from_secs(3))?;
    let receiver = meter.accept(&listener)?;
    Ok((sender, receiver))
}
