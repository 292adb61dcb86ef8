//! Any frame that can be written is read back as it was; and what cannot be written would have been refused.
#![no_main]

use ch02_protocol::{Extensions, Frame, FrameDecoder, FrameEncoder, FrameLimits, Kind, Status};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, arbitrary::Arbitrary)]
struct Input<'a> {
    kind: u8,
    codec: u8,
    compressor: u8,
    status: u16,
    request_id: u64,
    extensions: Vec<(u8, bool, &'a [u8])>,
    /// How many bytes a write takes at most.
    most: u16,
    body: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let mut extensions = Extensions::none();
    for &(number, critical, value) in input.extensions.iter().take(128) {
        let number = number % 127 + 1;
        if extensions.get(number).is_none() {
            extensions = extensions.with(number, critical, &value[..value.len().min(65_535)]);
        }
    }
    let frame = Frame {
        kind: Kind::ALL[usize::from(input.kind) % Kind::ALL.len()],
        codec: input.codec,
        compressor: input.compressor,
        status: Status(input.status),
        request_id: input.request_id,
        extensions,
        body: input.body.to_vec().into(),
    };
    let mut encoder = FrameEncoder::new(FrameLimits::default());
    let refused = encoder.push(&frame).is_err();
    let (kind, limits) = (frame.kind, FrameLimits::default());
    let valid = (kind.has_status() || frame.status == Status::OK)
        && (kind.has_body() || frame.body.is_empty())
        && frame.extensions.as_bytes().len() + 24 <= limits.max_header.into()
        && frame.body.len() <= limits.max_body as usize;
    assert_eq!(refused, !valid);
    if refused {
        assert!(encoder.is_empty(), "nothing of it was added");
        return;
    }
    let mut bytes = Vec::new();
    let mut sink = Slow { most: usize::from(input.most).max(1), bytes: &mut bytes };
    while !encoder.is_empty() {
        encoder.write_to(&mut sink).expect("this sink takes everything");
    }
    assert_eq!(bytes, frame.to_bytes().expect("what was pushed can be had in one piece"));
    let mut decoder = FrameDecoder::new(limits);
    decoder.feed(&bytes);
    assert_eq!(decoder.next_frame(), Ok(Some(frame)));
    assert_eq!(decoder.next_frame(), Ok(None));
    assert_eq!(decoder.unfinished(), 0);
});

/// Takes so many bytes a write and no more.
struct Slow<'a> {
    most: usize,
    bytes: &'a mut Vec<u8>,
}

impl std::io::Write for Slow<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = bytes.len().min(self.most);
        self.bytes.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
