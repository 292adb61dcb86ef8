//! Two more codecs, a business that counts, and your functions, called so that no panic goes unexplained.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ch02_protocol::{Frame, Kind, Reply, Status};
use ch03_codec::codec::Visit;
use ch03_codec::codecs::{Bincode, Postcard, Tagged};
use ch03_codec::shop::{Request, Response};
use ch03_codec::table::Named;
use ch03_codec::{Codec, CodecError, Limits};
use codec_table::{CodecTable, Json, answer};
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 3, \"Any format behind one byte\"";

/// JSON, the last byte first. Nobody reads it by chance.
pub struct Backwards;

impl Named for Backwards {
    fn id(&self) -> u8 {
        77
    }

    fn name(&self) -> &'static str {
        "backwards"
    }
}

impl Codec for Backwards {
    fn encode(&self, value: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let mut json = serde_json::to_vec(value).map_err(|error| broken(self.name(), error))?;
        json.reverse();
        out.extend(json);
        Ok(())
    }

    fn decode<'de>(&self, bytes: &'de [u8], _: &Limits, visit: Visit<'_, 'de>) -> Result<(), CodecError> {
        let turned: Vec<u8> = bytes.iter().rev().copied().collect();
        let mut json = serde_json::Deserializer::from_reader(&*turned);
        visit(&mut <dyn erased_serde::Deserializer<'_>>::erase(&mut json))
            .map_err(|error| broken(self.name(), error))?;
        json.end().map_err(|error| broken(self.name(), error))
    }
}

fn broken(codec: &'static str, error: impl Into<ch03_codec::error::Source>) -> CodecError {
    CodecError::Decode { codec, source: error.into() }
}

/// Reads like [`Backwards`], and can write nothing.
pub struct Mute;

impl Named for Mute {
    fn id(&self) -> u8 {
        255
    }

    fn name(&self) -> &'static str {
        "mute"
    }
}

impl Codec for Mute {
    fn encode(&self, _: &dyn erased_serde::Serialize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.extend(b"half of");
        Err(CodecError::Encode { codec: self.name(), source: "it has no words".into() })
    }

    fn decode<'de>(
        &self,
        bytes: &'de [u8],
        limits: &Limits,
        visit: Visit<'_, 'de>,
    ) -> Result<(), CodecError> {
        Backwards.decode(bytes, limits, visit)
    }
}

/// A codec that only has an id and a name.
pub struct Sign(pub u8, pub &'static str);

impl Named for Sign {
    fn id(&self) -> u8 {
        self.0
    }

    fn name(&self) -> &'static str {
        self.1
    }
}

impl Codec for Sign {
    fn encode(&self, _: &dyn erased_serde::Serialize, _: &mut Vec<u8>) -> Result<(), CodecError> {
        Ok(())
    }

    fn decode<'de>(&self, _: &'de [u8], _: &Limits, _: Visit<'_, 'de>) -> Result<(), CodecError> {
        Ok(())
    }
}

/// All that the specs speak: 255 mute, 5 tagged, 1 your json, 77 backwards, 3 bincode, 4 postcard. Registered in
/// an order that is nobody's.
pub fn codecs() -> Vec<Arc<dyn Codec>> {
    vec![
        Arc::new(Mute),
        Arc::new(Tagged),
        Arc::new(Json),
        Arc::new(Backwards),
        Arc::new(Bincode),
        Arc::new(Postcard),
    ]
}

/// All of them, by ascending id.
pub const KNOWN: [(u8, &str); 6] =
    [(1, "json"), (3, "bincode"), (4, "postcard"), (5, "tagged"), (77, "backwards"), (255, "mute")];

/// The table of all of them.
#[track_caller]
pub fn table() -> CodecTable {
    table_of(codecs())
}

#[track_caller]
pub fn table_of(codecs: Vec<Arc<dyn Codec>>) -> CodecTable {
    let mut table = CodecTable::empty();
    for codec in codecs {
        let (id, name) = (codec.id(), codec.name());
        if let Err(error) = told("register", &format!("{id} {name}"), || table.register(codec)) {
            Failure::new(format_args!("The codec {id} {name} was refused, and its id is free."))
                .show("in the table", format_args!("{:?}", table.known()))
                .expected("Ok(())")
                .got(format_args!("Err({error:?})"))
                .because("Only 0 and an id that is in the table are refused; 1 to 255 may all be used.")
                .page(PAGE)
                .raise();
        }
    }
    table
}

/// A question in the codec `id`.
pub fn frame(id: u8, body: impl Into<Vec<u8>>) -> Frame {
    Frame { codec: id, ..Frame::new(Kind::Request, 9, body.into()) }
}

/// What you answered, and how often the business was asked.
pub struct Answered {
    pub reply: Reply,
    pub calls: usize,
}

#[track_caller]
pub fn ask(
    table: &CodecTable,
    frame: &Frame,
    business: impl Fn(Request) -> Result<Response, (Status, String)> + Send + Sync + 'static,
) -> Answered {
    ask_within(table, &Limits::default(), frame, business)
}

#[track_caller]
pub fn ask_within(
    table: &CodecTable,
    limits: &Limits,
    frame: &Frame,
    business: impl Fn(Request) -> Result<Response, (Status, String)> + Send + Sync + 'static,
) -> Answered {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let counting = move |request| {
        counter.fetch_add(1, Ordering::SeqCst);
        business(request)
    };
    let reply = told("answer", &asked(frame), || answer(table, limits, frame, &counting));
    Answered { reply, calls: calls.load(Ordering::SeqCst) }
}

/// Greets, and knows nothing else.
pub fn greeter(request: Request) -> Result<Response, (Status, String)> {
    match request {
        Request::SayHello { name } => Ok(Response::Greeting(format!("Hello {name}"))),
        _ => Err((Status::NOT_FOUND, "no order 9".to_owned())),
    }
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(name: &str, given: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned();
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`{name}` panicked."))
            .show("given", given)
            .expected("an answer")
            .got(format_args!("a panic: {text}"))
            .because(match name {
                _ if text.contains("Utf8Error") => {
                    "JSON is UTF-8, and these bytes are none: a stranger may send what he likes. \
                     `Deserializer::from_slice` takes bytes as they are and says so in an error. There is no \
                     need for a `str`."
                }
                "answer" | "decode" => {
                    "Whatever a stranger sends is answered: his connection lives on, and so does everybody \
                     else's on this server. An error is a value here; `match` it, or hand it on."
                }
                _ => "Whoever called can do something about it when he is told: an error is a value here.",
            })
            .page(PAGE)
            .raise()
    })
}

/// A question, drawn.
pub fn asked(frame: &Frame) -> String {
    let Frame { codec, compressor, body, .. } = frame;
    format!("codec {codec}, compressor {compressor}, {}:\n{}", in_bytes(body.len()), bytes(body))
}

/// An answer, in words.
pub fn answered(reply: &Reply) -> String {
    format!(
        "status {}, codec {}, compressor {}, {}:\n{}",
        reply.status,
        reply.codec,
        reply.compressor,
        in_bytes(reply.body.len()),
        bytes(&reply.body)
    )
}

fn in_bytes(count: usize) -> String {
    if count == 1 { "a body of 1 byte".to_owned() } else { format!("a body of {count} bytes") }
}

/// Bytes; of many the beginning.
pub fn bytes(bytes: &[u8]) -> String {
    const SHOWN: usize = 96;
    match bytes.get(..SHOWN) {
        Some(first) if bytes.len() > SHOWN => {
            format!("{}… and more, {} bytes in all\n", hex_dump(first, &[]), bytes.len())
        }
        _ => hex_dump(bytes, &[]),
    }
}
