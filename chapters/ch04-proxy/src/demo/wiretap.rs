//! Somebody who sits on the wire, and writes down the frames that pass.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

use ch02_protocol::{Frame, FrameDecoder, FrameEncoder, FrameLimits};

/// Which way a frame goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the server.
    There,
    /// To the client.
    Back,
}

/// Passes one connection on to `server`. `seen` gets each frame, with its bytes, before it is passed on; so
/// what happens at the other end happens later.
pub fn tap(
    server: SocketAddr,
    seen: impl Fn(Way, &Frame, &[u8]) + Clone + Send + 'static,
) -> io::Result<(SocketAddr, JoinHandle<io::Result<()>>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let thread = std::thread::spawn(move || {
        let (client, _) = listener.accept()?;
        let server = TcpStream::connect(server)?;
        for socket in [&client, &server] {
            socket.set_nodelay(true)?;
        }
        let (back_from, back_to, note) = (server.try_clone()?, client.try_clone()?, seen.clone());
        let back = std::thread::spawn(move || pass_on(Way::Back, back_from, back_to, note));
        pass_on(Way::There, client, server, seen)?;
        back.join().unwrap_or(Ok(()))
    });
    Ok((address, thread))
}

fn pass_on(
    way: Way,
    mut from: TcpStream,
    mut to: TcpStream,
    seen: impl Fn(Way, &Frame, &[u8]),
) -> io::Result<()> {
    let wrong = |error: &dyn std::error::Error| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    while decoder.read_from(&mut from)? > 0 {
        while let Some(frame) = decoder.next_frame().map_err(|error| wrong(&error))? {
            let mut encoder = FrameEncoder::new(FrameLimits::default());
            encoder.push(&frame).map_err(|error| wrong(&error))?;
            let mut bytes = Vec::new();
            encoder.write_to(&mut bytes)?;
            seen(way, &frame, &bytes);
            to.write_all(&bytes)?;
        }
    }
    // Whoever has closed its end already does not have to be told.
    let _ = to.shutdown(std::net::Shutdown::Write);
    Ok(())
}
