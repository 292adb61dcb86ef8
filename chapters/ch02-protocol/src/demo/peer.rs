//! A bare socket that says what it is told to, and keeps the bytes that come back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use ch02_protocol::{Frame, FrameDecoder, FrameLimits};
use demo_kit::Failure;

pub struct Peer {
    stream: TcpStream,
    decoder: FrameDecoder,
    /// Everything that has come, as it stood on the wire.
    pub heard: Vec<u8>,
}

impl Peer {
    pub fn connect(address: SocketAddr) -> Result<Self, Failure> {
        Self::new(TcpStream::connect(address)?)
    }

    pub fn new(stream: TcpStream) -> Result<Self, Failure> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream, decoder: FrameDecoder::new(FrameLimits::default()), heard: Vec::new() })
    }

    pub fn say(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.stream.write_all(bytes)?)
    }

    /// The next frame; `None` when the other side has closed.
    pub fn next(&mut self) -> Result<Option<Frame>, Failure> {
        let mut chunk = [0; 4096];
        loop {
            if let Some(frame) = self.decoder.next_frame()? {
                return Ok(Some(frame));
            }
            match self.stream.read(&mut chunk)? {
                0 => return Ok(None),
                count => {
                    self.heard.extend_from_slice(&chunk[..count]);
                    self.decoder.feed(&chunk[..count]);
                }
            }
        }
    }

    /// Like [`next`](Self::next), for a peer that owes us one.
    pub fn reply(&mut self) -> Result<Frame, Failure> {
        self.next()?.ok_or_else(|| "the other side has closed".into())
    }
}
