//! A sender whose body length is the length of the whole frame.

use ch02_protocol::{DecodeError, FrameDecoder, FrameLimits, HEADER_LEN, Header, Kind, Status};

fn frame(request_id: u64, body: &[u8]) -> Vec<u8> {
    let header = Header {
        kind: Kind::Request,
        codec: 0,
        compressor: 0,
        header_len: HEADER_LEN as u16,
        status: Status::OK,
        request_id,
        body_len: (HEADER_LEN + body.len()) as u32, // should be body.len()
    };
    [&header.encode()[..], body].concat()
}

fn main() -> Result<(), DecodeError> {
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    decoder.feed(&frame(1, b"hi"));
    if decoder.next_frame()?.is_none() {
        println!("after the first frame: not yet");
    }
    decoder.feed(&frame(2, b"ho"));
    if let Some(frame) = decoder.next_frame()? {
        let text = String::from_utf8_lossy(&frame.body);
        println!(
            "after the second: body of {} bytes, {:?} and then {:?}",
            text.len(),
            &text[..2],
            &text[2..6]
        );
    }
    println!("{} bytes wait", decoder.unfinished());
    Ok(())
}
