//! The shortest request of HTTP, byte by byte, to a decoder of frames.

use ch02_protocol::{FrameDecoder, FrameLimits};

fn main() {
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    for (index, byte) in b"GET / HTTP/1.0\r\n\r\n".iter().enumerate() {
        decoder.feed(&[*byte]);
        if let Err(error) = decoder.next_frame() {
            println!("refused after {} byte: {error}", index + 1);
            return;
        }
    }
    println!("still waiting");
}
