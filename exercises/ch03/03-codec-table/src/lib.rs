//! 03-03 A codec table.
//!
//! Byte 6 of a header says how the body is written. A table finds the codec for it; whoever answers reads with
//! it, and writes with the same one.
//!
//! ```text
//!   frame ─▶ codec byte ─▶ table.get ─▶ codec.from_slice ─▶ business ─▶ codec.to_vec ─▶ reply, the same codec
//!                             │ none          │ no request      │ no            │ cannot be written
//!                             ▼               ▼                 ▼               ▼
//!                            106             101          its own status       201
//! ```
#![allow(unused)] // Open holes leave things unused. Delete this line when yours are filled.
#![forbid(unsafe_code)]

use std::sync::Arc;

use ch02_protocol::{Frame, FrameService, Reply, Status};
use ch03_codec::codec::Visit;
use ch03_codec::error::Source;
use ch03_codec::guard::Guarded;
use ch03_codec::shop::{Request, Response};
use ch03_codec::table::{Named, RegisterError, UnknownId};
use ch03_codec::{Budget, Codec, CodecError, Limits};

/// JSON, by serde_json.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Named for Json {
    fn id(&self) -> u8 {
        1
    }

    fn name(&self) -> &'static str {
        "json"
    }
}

impl Codec for Json {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        // YOUR CODE encode: let serde_json write the value into `out`.
        todo!("03-03 encode")
        // END YOUR CODE
    }

    fn decode<'de>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
        visit: Visit<'_, 'de>,
    ) -> Result<(), CodecError> {
        let budget = Budget::new(limits);
        // YOUR CODE decode: a deserializer over `bytes`, inside of the limits, handed to `visit`; then the end.
        todo!("03-03 decode")
        // END YOUR CODE
    }
}

/// What was wrong with a body: a limit, if one refused, or else what the library said.
fn wrong(budget: &Budget, error: impl Into<Source>) -> CodecError {
    match budget.refusal() {
        Some(refusal) => CodecError::Limit(refusal),
        None => CodecError::Decode { codec: "json", source: error.into() },
    }
}

/// The codecs that this side knows, by their ids.
pub struct CodecTable {
    /// The codec with id 5 stands at index 5.
    codecs: [Option<Arc<dyn Codec>>; 256],
}

impl CodecTable {
    /// Knows nothing yet.
    pub fn empty() -> Self {
        Self { codecs: [const { None }; 256] }
    }

    /// Adds a codec under its own id.
    ///
    /// # Errors
    /// [`RegisterError`]: its id is 0, or is in the table already.
    pub fn register(&mut self, codec: Arc<dyn Codec>) -> Result<(), RegisterError> {
        let (id, name) = (codec.id(), codec.name());
        // YOUR CODE register: refuse 0 and what is taken; nobody who is in the table is touched.
        todo!("03-03 register")
        // END YOUR CODE
    }

    /// The codec with this id.
    ///
    /// # Errors
    /// [`UnknownId`] when there is none, with all that there are.
    pub fn get(&self, id: u8) -> Result<&dyn Codec, UnknownId> {
        // YOUR CODE get: this one, or none; never another one.
        todo!("03-03 get")
        // END YOUR CODE
    }

    /// Ids and names of all codecs, by ascending id.
    pub fn known(&self) -> Vec<(u8, &'static str)> {
        self.codecs.iter().flatten().map(|codec| (codec.id(), codec.name())).collect()
    }
}

/// The business: a response, or why not, as a status and a text for people.
pub type Business = dyn Fn(Request) -> Result<Response, (Status, String)> + Send + Sync;

/// Answers one frame, in the codec that it came in.
pub fn answer(table: &CodecTable, limits: &Limits, frame: &Frame, business: &Business) -> Reply {
    // YOUR CODE answer: find the codec, read, ask the business, write; whatever fails is an answer, too.
    todo!("03-03 answer")
    // END YOUR CODE
}

/// A server's service out of your parts: chapter 2's `FrameServer` takes it.
pub struct Service {
    /// The formats that it speaks.
    pub table: CodecTable,
    /// What a body may ask for.
    pub limits: Limits,
    /// What it does.
    pub business: Box<Business>,
}

impl FrameService for Service {
    fn call(&self, frame: &Frame) -> Reply {
        answer(&self.table, &self.limits, frame, &*self.business)
    }
}
