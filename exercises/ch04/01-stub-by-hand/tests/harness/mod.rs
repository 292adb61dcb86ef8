//! A wire that notes what is sent and answers as the test says; calls and replies, drawn.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

use ch02_protocol::{CallError, Reply, Status};
use ch03_codec::dump::show;
use ch03_codec::shop::{Item, Order, Shop};
use ch03_codec::{Body, Format, Marshaller, tagged};
use ch04_proxy::orders::{OrderError, OrderService};
use ch04_proxy::{Invocation, Invoker, RpcError, ServiceKey, Signature, Skeleton};
use serde::{Deserialize, Serialize};
use spec_kit::{Failure, hex_dump};
use stub_by_hand::ByHand;

pub const PAGE: &str = "chapter 4, \"A stub by hand\"";

/// The format of most questions: tagged, deflated when that pays.
pub const TAGGED: Format = Format { codec: 5, compressor: 1 };
/// The format of the others.
pub const JSON: Format = Format { codec: 1, compressor: 0 };

// ---- the wire ----

type Answer = dyn Fn(&Invocation) -> Result<Reply, CallError> + Send + Sync;

/// Stands where a connection would be.
pub struct Wire {
    sent: Mutex<Vec<Invocation>>,
    answer: Box<Answer>,
}

impl Wire {
    /// Answers every call with `answer`.
    pub fn new(
        answer: impl Fn(&Invocation) -> Result<Reply, CallError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { sent: Mutex::default(), answer: Box::new(answer) })
    }

    /// Answers every call with the same reply.
    pub fn replying(reply: Reply) -> Arc<Self> {
        Self::new(move |_| Ok(reply.clone()))
    }

    /// What was sent so far.
    pub fn sent(&self) -> Vec<Invocation> {
        self.sent.lock().expect("nobody panics here").clone()
    }
}

impl Invoker for Wire {
    fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
        /// More than any test makes: whoever gets here calls in a loop.
        const PATIENCE: usize = 8;
        let count = {
            let mut sent = self.sent.lock().expect("nobody panics here");
            sent.push(invocation.clone());
            sent.len()
        };
        if count > PATIENCE {
            // A panic that `told` explains, without words of its own.
            resume_unwind(Box::new(format!("{count} calls are sent, and the end is not in sight")));
        }
        (self.answer)(invocation)
    }
}

/// Your stub over `invoker`.
pub fn stub(invoker: Arc<dyn Invoker>) -> ByHand {
    stub_in(TAGGED, "OrderService", invoker)
}

/// Your stub, which asks in `format`.
pub fn stub_in(format: Format, service: &str, invoker: Arc<dyn Invoker>) -> ByHand {
    ByHand { invoker, marshaller: Arc::default(), format, service: key(service) }
}

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("the spec's keys are good")
}

/// A value as a reply in this format.
pub fn reply<T: Serialize>(status: Status, format: Format, value: &T) -> Reply {
    let Body { format, bytes } = Marshaller::default().write(format, value).expect("it has a body");
    Reply { status, codec: format.codec, compressor: format.compressor, body: bytes }
}

/// An order that is long enough for whatever a test wants to see.
pub fn order(id: u64) -> Order {
    Order { id, customer: "Ann".into(), items: items(), note: Some("by the door".into()) }
}

pub fn items() -> Vec<Item> {
    let item = |name: &str, quantity, cents| Item { name: name.into(), quantity, cents };
    vec![item("pen", 2, 150), item("discount", 1, -50)]
}

// ---- the other end ----

/// What comes in, by name: the fields that your calls must have.
#[derive(Serialize, Deserialize)]
pub struct SayHello {
    pub name: String,
}

#[derive(Serialize, Deserialize)]
pub struct PlaceOrder {
    pub customer: String,
    pub items: Vec<Item>,
    pub note: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct GetOrder {
    pub id: u64,
}

#[derive(Serialize, Deserialize)]
pub struct ListOrders {
    pub from: u64,
    pub count: u32,
}

/// The chapter's shop behind a skeleton.
pub fn skeleton(shop: Arc<Shop>) -> Skeleton {
    let [a, b, c, d] = [(); 4].map(|()| Arc::clone(&shop));
    Skeleton::new(key("OrderService"), "OrderError")
        .method(signature("say_hello"), move |SayHello { name }| OrderService::say_hello(&*a, &name))
        .method(signature("place_order"), move |PlaceOrder { customer, items, note }| {
            b.place_order(&customer, &items, note)
        })
        .method(signature("get_order"), move |GetOrder { id }| c.get_order(id))
        .method(signature("list_orders"), move |ListOrders { from, count }| d.list_orders(from, count))
}

fn signature(name: &'static str) -> Signature {
    Signature { name, arguments: &[], returns: "" }
}

// ---- words ----

/// Calls your stub. A panic is explained, and so is a loop.
#[track_caller]
pub fn told<T>(what: &str, given: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = words(&*panic);
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        let because = if text.contains("the end is not in sight") {
            "A stub sends a call once, whatever comes back. Who wants to try again puts a filter around it; you \
             will write one, in 04-04."
        } else if text.contains("Utf8Error") {
            "The text of an error comes from the other side, and a stranger may have written it. \
             `String::from_utf8_lossy` takes any bytes."
        } else {
            "Whatever comes back, or does not, is a value here: an `RpcError`. The caller decides what to do \
             about it."
        };
        Failure::new(format_args!("`{what}` panicked."))
            .show("what came back", given)
            .expected("a result")
            .got(format_args!("a panic: {text}"))
            .because(because)
            .page(PAGE)
            .raise()
    })
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}

/// A call, drawn.
pub fn called(invocation: &Invocation) -> String {
    let accept = match invocation.accept() {
        [] => "not be compressed".to_owned(),
        ids => format!("be compressed with {ids:?}"),
    };
    format!(
        "{}.{}\nits answer may {accept}\n{}",
        invocation.service(),
        invocation.method(),
        body(invocation.arguments.format, &invocation.arguments.bytes)
    )
}

/// All calls, drawn.
pub fn all_called(sent: &[Invocation]) -> String {
    match sent {
        [] => "nothing".to_owned(),
        sent => sent.iter().map(called).collect(),
    }
}

/// A reply, drawn.
pub fn replied(reply: &Reply) -> String {
    let format = Format { codec: reply.codec, compressor: reply.compressor };
    format!("status {}\n{}", reply.status, body(format, &reply.body))
}

/// The bytes of a body, explained where that is possible.
fn body(format: Format, bytes: &[u8]) -> String {
    /// Enough for an order; more would push the message off the screen.
    const SHOWN: usize = 16;
    let Format { codec, compressor } = format;
    let bytes_in_words = if bytes.len() == 1 { "1 byte".into() } else { format!("{} bytes", bytes.len()) };
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= 200);
    let drawn = match (codec, compressor, text) {
        (5, 0, _) => {
            let lines = tagged::dump(bytes);
            match lines.get(..SHOWN) {
                Some(first) if lines.len() > SHOWN => {
                    format!("{}… and {} lines more\n", show(first), lines.len() - SHOWN)
                }
                _ => show(&lines),
            }
        }
        (0 | 1, 0, Some(text)) => format!("{text}\n"),
        _ if bytes.len() > 48 => {
            format!("{}… and {} bytes more\n", hex_dump(&bytes[..48], &[]), bytes.len() - 48)
        }
        _ => hex_dump(bytes, &[]),
    };
    format!("codec {codec}, compressor {compressor}, {bytes_in_words}:\n{drawn}")
}

/// A result, in words: of an error also what the caller must assume.
pub fn said<T: std::fmt::Debug>(result: &Result<T, RpcError<OrderError>>) -> String {
    match result {
        Ok(value) => {
            let text = format!("Ok({value:?})");
            match text.char_indices().nth(300) {
                Some((end, _)) => format!("{}…", &text[..end]),
                None => text,
            }
        }
        Err(error) => format!("Err({error:?})\n            The caller assumes: {}.", error.outcome()),
    }
}
