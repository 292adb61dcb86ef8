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
        serde_json::to_writer(out, value)
            .map_err(|error| CodecError::Encode { codec: "json", source: error.into() })
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
        budget.total(bytes.len())?;
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let guarded = Guarded::new(&mut json, &budget);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(guarded))
            .map_err(|error| wrong(&budget, error))?;
        json.end().map_err(|error| wrong(&budget, error))
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
        if id == 0 {
            return Err(RegisterError::Reserved { name });
        }
        let place = &mut self.codecs[usize::from(id)];
        if let Some(other) = place {
            return Err(RegisterError::Taken { id, name, by: other.name() });
        }
        *place = Some(codec);
        Ok(())
        // END YOUR CODE
    }

    /// The codec with this id.
    ///
    /// # Errors
    /// [`UnknownId`] when there is none, with all that there are.
    pub fn get(&self, id: u8) -> Result<&dyn Codec, UnknownId> {
        // YOUR CODE get: this one, or none; never another one.
        let codec = self.codecs[usize::from(id)].as_deref();
        codec.ok_or_else(|| UnknownId { id, known: self.known() })
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
    let codec = match table.get(frame.codec) {
        Ok(codec) => codec,
        Err(error) => return Reply::new(Status::UNKNOWN_CODEC, error.to_string()),
    };
    let request = match codec.from_slice(&frame.body, limits) {
        Ok(request) => request,
        Err(error) => return Reply::new(Status::BAD_REQUEST, error.to_string()),
    };
    let response = match business(request) {
        Ok(response) => response,
        Err((status, text)) => return Reply::new(status, text),
    };
    match codec.to_vec(&response) {
        Ok(body) => Reply { codec: frame.codec, ..Reply::ok(body) },
        Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
    }
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
