//! A peer that says exactly what a test wants said.
#![allow(dead_code)] // each test program uses its part

use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use ch02_protocol::{Frame, FrameDecoder, FrameLimits, Kind};

/// How long a test waits for what must come. It only has to end; no test passes by being fast.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A socket that speaks frames, or whatever it is told to.
pub struct Peer {
    pub stream: TcpStream,
    decoder: FrameDecoder,
}

impl Peer {
    pub fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { stream, decoder: FrameDecoder::new(FrameLimits::default()) }
    }

    pub fn connect(address: SocketAddr) -> Self {
        Self::new(TcpStream::connect(address).unwrap())
    }

    pub fn accept(listener: &TcpListener) -> Self {
        Self::new(listener.accept().unwrap().0)
    }

    pub fn say(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    pub fn send(&mut self, frame: &Frame) {
        self.say(&frame.to_bytes().unwrap());
    }

    pub fn request(&mut self, id: u64, body: &'static str) {
        self.send(&Frame::new(Kind::Request, id, body));
    }

    pub fn finish(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// The next frame; `None` at the end of the stream.
    pub fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.decoder.next_frame().unwrap() {
                return Some(frame);
            }
            if self.decoder.read_from(&mut self.stream).expect("something comes, or the end") == 0 {
                return None;
            }
        }
    }
}

/// Free port, this machine.
pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}
