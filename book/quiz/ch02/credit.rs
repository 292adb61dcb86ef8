//! What two announcements are worth.

use ch02_protocol::{Frame, FrameDecoder, FrameLimits, HEADER_LEN, Kind};

fn main() -> Result<(), ch02_protocol::EncodeError> {
    let mut header = Frame::new(Kind::Request, 1, "").to_bytes()?;
    let announce = |header: &mut [u8], length: u32| header[20..24].copy_from_slice(&length.to_be_bytes());

    announce(&mut header, 8 * 1024 * 1024);
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    decoder.feed(&header);
    println!("8 MiB announced: memory for {} bytes of it", decoder.room().capacity() - HEADER_LEN);

    announce(&mut header, u32::MAX);
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    decoder.feed(&header);
    if let Err(error) = decoder.next_frame() {
        println!("4 GiB announced: {error}");
    }
    Ok(())
}
