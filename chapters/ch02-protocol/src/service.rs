//! The seam of chapter 2: everything that can answer a frame.

use bytes::Bytes;
use ch01_raw_tcp::{Code, Service};

use crate::frame::Frame;
use crate::status::Status;

/// One request frame in, one reply out. It knows nothing of sockets, ids and other requests.
///
/// Called from several threads at once. A panic inside `call` costs its caller a reply with
/// [`Status::INTERNAL`]; the connection and the server live on.
// ANCHOR: trait
pub trait FrameService: Send + Sync {
    /// Answers `request`. For a one-way frame the reply goes nowhere.
    fn call(&self, request: &Frame) -> Reply;

    /// The numbers of the extensions that it acts upon. A request with another one that is critical never
    /// reaches it: to skip that is what its sender has forbidden.
    fn acts_upon(&self) -> &[u8] {
        &[]
    }
}
// ANCHOR_END: trait

/// Any closure of the right shape is a service: handy in tests and demonstrations.
impl<F: Fn(&Frame) -> Reply + Send + Sync> FrameService for F {
    fn call(&self, request: &Frame) -> Reply {
        self(request)
    }
}

/// What a service says. The server puts the request's id on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// How it ended.
    pub status: Status,
    /// How the body is written; 0: bytes that only the two ends understand.
    pub codec: u8,
    /// How the body is compressed; 0: not at all.
    pub compressor: u8,
    /// The result; of an error, an explanation for people in UTF-8.
    pub body: Bytes,
}

impl Reply {
    /// It went well.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self::new(Status::OK, body)
    }

    /// It ended with `status`; `text` explains it to people.
    pub fn new(status: Status, text: impl Into<Bytes>) -> Self {
        Self { status, codec: 0, compressor: 0, body: text.into() }
    }

    /// The response to request `id`.
    pub fn into_frame(self, id: u64) -> Frame {
        let Self { status, codec, compressor, body } = self;
        Frame { codec, compressor, ..Frame::response(id, status, body) }
    }
}

/// A response frame, without what belongs to the connection.
impl From<Frame> for Reply {
    fn from(response: Frame) -> Self {
        let Frame { status, codec, compressor, body, .. } = response;
        Self { status, codec, compressor, body }
    }
}

/// Chapter 1's services, behind frames. The body is what stood on a line: now it may contain anything, a `\n`
/// too. The word `ok` or `error CODE` becomes a [`Status`].
///
/// It reads codec 0 only, uncompressed. What is written otherwise is refused, and not taken for text.
#[derive(Debug, Default)]
pub struct Lines<S>(pub S);

impl<S: Service> FrameService for Lines<S> {
    // ANCHOR: lines
    fn call(&self, request: &Frame) -> Reply {
        if request.codec != 0 {
            return Reply::new(Status::UNKNOWN_CODEC, format!("codec {}: known here is 0", request.codec));
        }
        if request.compressor != 0 {
            let text = format!("compressor {}: known here is 0", request.compressor);
            return Reply::new(Status::UNKNOWN_COMPRESSOR, text);
        }
        let line = self.0.call(&request.body);
        match ch01_raw_tcp::Reply::from_line(&line) {
            Some(ch01_raw_tcp::Reply::Ok(text)) => Reply::ok(text),
            Some(ch01_raw_tcp::Reply::Error(code, text)) => Reply::new(code.into(), text),
            None => Reply::new(Code::Internal.into(), "the service's reply is none"),
        }
    }
    // ANCHOR_END: lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use ch01_raw_tcp::{OrderBook, OrderDispatcher};

    #[test]
    fn a_line_break_travels_and_a_word_becomes_a_number() {
        let orders = Lines(OrderDispatcher::<OrderBook>::default());
        let ask = |body: &'static str| orders.call(&Frame::new(Kind::Request, 1, body));
        assert_eq!(ask("place_order 2 a poem:\nroses are red"), Reply::ok("1"));
        assert_eq!(ask("get_order 1"), Reply::ok("2 a poem:\nroses are red"));
        for (codec, compressor, status) in [(1, 0, Status::UNKNOWN_CODEC), (0, 1, Status::UNKNOWN_COMPRESSOR)]
        {
            let other = Frame { codec, compressor, ..Frame::new(Kind::Request, 1, "say_hello world") };
            assert_eq!(orders.call(&other).status, status);
        }
        assert_eq!(ask("get_order 9"), Reply::new(Status::NOT_FOUND, "no order 9"));
        assert_eq!(
            Lines(|_: &[u8]| b"hm".to_vec()).call(&Frame::new(Kind::Request, 1, "")).status,
            Status::INTERNAL
        );
    }
}
