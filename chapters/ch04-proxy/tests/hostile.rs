//! Frames whose headers are sound and whose contents nobody would send who means well.
//!
//! `CASES=1000000 cargo test --release -p ch04-proxy --test hostile -- --nocapture` tries that many; without
//! `CASES` it is a number that takes seconds. Every case has its own seed, so a failure names a case that
//! `CASE=…` repeats alone.

mod common;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;

use bytes::Bytes;
use ch02_protocol::extension::number;
use ch02_protocol::{Extensions, Frame, FrameDecoder, FrameLimits, Kind};
use ch03_codec::shop::{Item, Shop};
use ch03_codec::{Body, Format, Marshaller};
use ch04_proxy::invocation::NotACall;
use ch04_proxy::metadata::MetadataError;
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Invocation, Invoker, Metadata, NameError, Reply, Server, ServiceKey, Status};
use common::{PATIENCE, codecs, dial, format, items, listener};
use fastrand::Rng;
use serde::Serialize;

/// Byte strings and frames, unless `CASES` says otherwise.
const CASES: u64 = 20_000;

/// The most memory that the header of a call takes, in bytes. A pair of metadata has 4 bytes at least, so 2 KiB
/// hold 512 of them; a pair takes 48 bytes and its texts, and a list that grows has an old and a new place.
const HEADER_MEMORY: u64 = 512 * 48 * 3 / 2 + 4 * 4096;

/// The longest explanation, in bytes: names are quoted whole, of anything longer only the first kilobyte.
const EXPLANATION: usize = 2048;

#[test]
fn no_byte_string_brings_metadata_down() {
    let mut seen = Seen::default();
    each_case(CASES, |rng| {
        let bytes = metadata_bytes(rng);
        let mut result = None;
        let took = peak(|| result = Some(Metadata::decode(&bytes)));
        assert!(took <= HEADER_MEMORY, "{took} bytes of memory for {} received", bytes.len());
        match result.expect("it was run") {
            Ok(metadata) => {
                assert_eq!(metadata.encode(), bytes, "what is understood is kept as it came");
                for (name, value) in metadata.iter() {
                    assert_eq!(metadata.get(name), Some(value), "no other value under that name");
                }
                seen.count(if metadata.is_empty() { "none" } else { "metadata" });
            }
            Err(error) => seen.count(match error {
                MetadataError::BadName { .. } => "BadName",
                MetadataError::NotText { .. } => "NotText",
                MetadataError::Twice { .. } => "Twice",
                MetadataError::Truncated => "Truncated",
                MetadataError::TooLong { .. } => "TooLong",
            }),
        }
    });
    seen.show("metadata of strangers");
    seen.must_have(&["metadata", "BadName", "NotText", "Twice", "Truncated", "TooLong"]);
}

#[test]
fn a_name_in_metadata_may_be_anything_plain_and_nothing_else() {
    for byte in 0..=u8::MAX {
        let plain = matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        assert_eq!(Metadata::decode(&[1, byte, 0, 0]).is_ok(), plain, "{byte:#04x}");
    }
}

#[test]
fn no_frame_brings_an_invocation_down() {
    let long = Bytes::from(vec![b'x'; 1 << 20]);
    let mut seen = Seen::default();
    each_case(CASES, |rng| {
        let mut frame = call_frame(rng);
        if rng.u8(..8) == 0 {
            frame.body = long.clone();
        }
        let mut result = None;
        let took = peak(|| result = Some(Invocation::from_frame(&frame)));
        assert!(took <= HEADER_MEMORY, "{took} bytes of memory; the body is shared, not copied");
        match result.expect("it was run") {
            Ok(invocation) => {
                let again = Invocation::from_frame(&invocation.to_frame());
                assert_eq!(again.as_ref(), Ok(&invocation), "what was understood is sent on as it was");
                let names = format!("{}.{}", invocation.service(), invocation.method());
                assert!(
                    names.bytes().all(|byte| byte.is_ascii_graphic()),
                    "{names:?} may be written anywhere"
                );
                assert_eq!(invocation.arguments.bytes, frame.body);
                seen.count("a call");
            }
            Err(error) => {
                let text = error.to_string();
                assert!(!text.contains(char::is_control), "{text:?}");
                assert!(text.len() <= EXPLANATION, "{} bytes of explanation", text.len());
                seen.count(match error {
                    NotACall::Missing { .. } => "Missing",
                    NotACall::NotText { .. } => "NotText",
                    NotACall::Name(NameError::Empty { .. }) => "Empty",
                    NotACall::Name(NameError::TooLong { .. }) => "TooLong",
                    NotACall::Name(NameError::BadCharacter { .. }) => "BadCharacter",
                    NotACall::Metadata(_) => "Metadata",
                });
            }
        }
    });
    seen.show("frames of strangers");
    let all = ["a call", "Missing", "NotText", "Empty", "TooLong", "BadCharacter", "Metadata"];
    seen.must_have(&all);
}

/// A shop with two orders, on a port.
fn server() -> (Arc<Shop>, Server) {
    let shop = Arc::new(Shop::default());
    (0..2).for_each(|_| _ = shop.place("Ann".into(), items(), None).unwrap());
    let server = Server::builder().service(order_service_skeleton(Arc::clone(&shop))).with_reflection();
    (shop, server.start(listener()).unwrap())
}

#[test]
fn a_server_answers_or_hangs_up_and_lives() {
    let (_, server) = server();
    let honest = OrderServiceStub::new(dial(server.address()));
    let mut seen = Seen::default();
    each_case(CASES / 100, |rng| {
        let frames: Vec<Frame> = (1..=rng.u64(1..20))
            .map(|id| {
                let mut frame = call_frame(rng);
                // Mostly requests with good ids: other kinds are chapter 2's business, and end a connection.
                frame.kind =
                    if rng.u8(..100) == 0 { *rng.choice(&Kind::ALL).unwrap() } else { Kind::Request };
                frame.request_id = if rng.u8(..100) == 0 { rng.u64(..3) } else { id };
                frame.status = Status::OK;
                if !frame.kind.has_body() {
                    frame.body = Bytes::new();
                }
                frame
            })
            .collect();
        let replies = converse(server.address(), &frames);
        assert!(replies.len() <= frames.len() + 1, "a reply for each, and a goodbye at most");
        for reply in &replies {
            assert_ne!(reply.status, Status::INTERNAL, "nothing here has a reason to panic");
            seen.count(reply.status.name().expect("a status that has a name"));
        }
        let goodbye = replies.iter().any(|reply| reply.kind == Kind::Goaway);
        if !goodbye && frames.iter().all(|frame| frame.kind == Kind::Request) {
            assert_eq!(replies.len(), frames.len(), "every question is answered");
        }
        assert_eq!(honest.get_order(1).unwrap().customer, "Ann", "others do not notice");
    });
    seen.show("replies to strangers");
    let all =
        ["ok", "bad-request", "unknown-method", "unknown-extension", "unknown-codec", "unknown-compressor"];
    seen.must_have(&all);
    seen.must_have(&["unknown-service", "bad-arguments", "bad-frame", "service-error"]);
    server.stop().unwrap();
}

/// Sends `frames`, says no more, and hears all that comes until the end.
fn converse(address: SocketAddr, frames: &[Frame]) -> Vec<Frame> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let bytes: Vec<u8> = frames.iter().flat_map(|frame| frame.to_bytes().unwrap()).collect();
    // Who has been told goodbye may find nobody to write to, or to hang up on.
    let _ = stream.write_all(&bytes).and_then(|()| stream.shutdown(Shutdown::Write));
    let (mut decoder, mut replies) = (FrameDecoder::new(FrameLimits::default()), Vec::new());
    loop {
        while let Some(frame) = decoder.next_frame().expect("a server says nothing that is no frame") {
            replies.push(frame);
        }
        match decoder.read_from(&mut stream) {
            Ok(0) => return replies,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return replies,
            Err(error) => panic!("neither an answer nor the end: {error}"),
        }
    }
}

/// The arguments of `place_order`, in the order of the trait.
#[derive(Clone, Serialize)]
struct PlaceOrder {
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
}

fn place_order(invoker: &dyn Invoker, format: Format, bytes: Bytes) -> Reply {
    let key = ServiceKey::parse("OrderService").unwrap();
    let invocation = Invocation::new(key, "place_order", Body { format, bytes }).unwrap();
    invoker.invoke(&invocation).unwrap()
}

#[test]
fn arguments_cut_at_any_byte_never_reach_the_shop() {
    let shop = Arc::new(Shop::default());
    let server = Server::builder().service(order_service_skeleton(Arc::clone(&shop))).build().unwrap();
    let short = PlaceOrder { customer: "Ann".into(), items: items(), note: Some("ring twice".into()) };
    let long = PlaceOrder { note: Some("x".repeat(200)), ..short.clone() };
    let marshaller = Marshaller::default();
    let mut placed = 0;
    for (name, format) in codecs() {
        for compressor in 0..=3 {
            for arguments in [&short, &long] {
                let format = Format { compressor, ..format };
                let body = marshaller.write(format, arguments).unwrap();
                let (format, bytes) = (body.format, body.bytes);
                for cut in 0..bytes.len() {
                    let reply = place_order(&*server, format, bytes.slice(..cut));
                    let text = String::from_utf8_lossy(&reply.body);
                    assert_eq!(
                        reply.status,
                        Status::BAD_ARGUMENTS,
                        "{name} {format:?}, cut at {cut}: {text}"
                    );
                }
                // Nor with something behind them.
                let more = Bytes::from([&bytes[..], b"x"].concat());
                let reply = place_order(&*server, format, more);
                assert_eq!(reply.status, Status::BAD_ARGUMENTS, "{name} {format:?}, and one byte more");
                assert_eq!(shop.list(1, 1000).len(), placed, "it has reached the shop");
                assert_eq!(place_order(&*server, format, bytes).status, Status::OK, "the whole is an order");
                placed += 1;
            }
        }
    }
    assert_eq!(placed, 5 * 4 * 2);
}

/// What a body may cost is chapter 3's business; here, that nothing is added to it.
#[test]
fn arguments_of_strangers_cost_what_bodies_cost() {
    let marshaller = Marshaller::default();
    let honest = PlaceOrder { customer: "Ann".into(), items: items(), note: Some("ring twice".into()) };
    let bodies: Vec<Body> =
        codecs().into_iter().map(|(_, format)| marshaller.write(format, &honest).unwrap()).collect();
    let (mut seen, mut most) = (Seen::default(), 0);
    each_case(CASES, |rng| {
        let body = rng.choice(&bodies).unwrap().clone();
        let bytes = changed(rng, &body.bytes);
        // A new one each time: what it remembers is not what a call costs.
        let server =
            Server::builder().service(order_service_skeleton(Arc::<Shop>::default())).build().unwrap();
        let mut reply = None;
        let took = peak(|| reply = Some(place_order(&*server, body.format, bytes)));
        // Some hundred bytes announce at most what lists get on credit: a thousand items, and texts.
        let limit = (ch03_codec::limits::ON_CREDIT * size_of::<Item>()) as u64 + 64 * 1024;
        assert!(took <= limit, "{took} bytes of memory, at most {limit}, in codec {}", body.format.codec);
        most = most.max(took);
        let reply = reply.expect("it was run");
        assert!(reply.body.len() <= EXPLANATION, "{} bytes of explanation", reply.body.len());
        seen.count(reply.status.name().unwrap());
    });
    println!("most memory for one call: {most} bytes");
    seen.show("changed arguments");
    seen.must_have(&["ok", "bad-arguments", "service-error"]);
    assert_eq!(seen.0.len(), 3, "{:?}", seen.0);
}

/// A stranger's text comes back in an explanation, but not all of it.
#[test]
fn an_explanation_is_short_whatever_it_explains() {
    let (shop, server) = (Arc::new(Shop::default()), Server::builder());
    let server = server.service(order_service_skeleton(shop)).build().unwrap();
    let long = "x\u{1b}[2J\n".repeat(100_000);
    #[derive(Serialize)]
    struct GetOrder<'a> {
        id: &'a str,
    }
    let body = Marshaller::default().write(format("json"), &GetOrder { id: &long }).unwrap();
    let key = |text: &str| ServiceKey::parse(text).unwrap();
    let longest = ["g", "i", "v"].map(|letter| letter.repeat(ServiceKey::MAX_PART));
    let longest = format!("{}/{}:{}", longest[0], longest[1], longest[2]);
    for (service, method) in
        [("OrderService", "get_order"), (&longest, "get_order"), ("OrderService", "burn")]
    {
        let invocation = Invocation::new(key(service), method, body.clone()).unwrap();
        let reply = server.invoke(&invocation).unwrap();
        assert_ne!(reply.status, Status::OK);
        assert!(
            reply.body.len() <= EXPLANATION,
            "{service}.{method}: {} bytes of explanation",
            reply.body.len()
        );
    }
}

/// Extensions that might be a call, of which something is wrong mostly; and a body that might be arguments.
fn call_frame(rng: &mut Rng) -> Frame {
    let mut values: Vec<(u8, Vec<u8>)> = Vec::new();
    if rng.u8(..20) > 0 {
        let services = ["OrderService", "yrpc.Reflection:1", "blue/OrderService:1.0"];
        values.push((number::SERVICE, name(rng, &services)));
    }
    if rng.u8(..20) > 0 {
        let methods = ["get_order", "say_hello", "list_orders", "services", "burn_order"];
        values.push((number::METHOD, name(rng, &methods)));
    }
    if rng.u8(..4) == 0 {
        values.push((number::METADATA, metadata_bytes(rng)));
    }
    if rng.u8(..4) == 0 {
        values.push((number::ACCEPT, noise(rng, 5)));
    }
    if rng.u8(..10) == 0 {
        values.push((rng.u8(1..=127), noise(rng, 30)));
    }
    rng.shuffle(&mut values);
    let mut extensions = Extensions::none();
    let mut room = usize::from(FrameLimits::default().max_header) - ch02_protocol::HEADER_LEN;
    for (number, value) in values {
        let cost = ch02_protocol::extension::EXTENSION_HEAD + value.len();
        if extensions.get(number).is_none() && cost <= room {
            room -= cost;
            let critical = matches!(number, number::SERVICE | number::METHOD) || rng.u8(..10) == 0;
            extensions = extensions.with(number, critical, &value);
        }
    }
    let bodies: [(u8, &[u8]); 6] = [
        (1, br#"{"id":1}"#),
        (1, br#"{"id":9}"#),
        (1, br#"{"name":"world"}"#),
        (3, b"\x01"),
        (4, b"\x05world"),
        (1, b"{}"),
    ];
    let (mut codec, body) = *rng.choice(&bodies).unwrap();
    let body = if rng.u8(..4) == 0 { changed(rng, body) } else { Bytes::from_static(body) };
    let mut compressor = 0;
    match rng.u8(..20) {
        0 => codec = rng.u8(..),
        1 => compressor = rng.u8(..),
        _ => {}
    }
    Frame { codec, compressor, extensions, ..Frame::new(Kind::Request, 1, body) }
}

/// One of the names, or something that is none.
fn name(rng: &mut Rng, names: &[&str]) -> Vec<u8> {
    let honest = rng.choice(names).unwrap().as_bytes();
    match rng.u8(..16) {
        0 => noise(rng, 30),
        1 => changed(rng, honest).into(),
        2 => vec![b'x'; *rng.choice(&[0, 127, 128, 129, 1000]).unwrap()],
        3 => [
            honest,
            rng.choice(&[&b"\n"[..], b"/", b":", b"\0", b" ", b".", b"\xff", "ä".as_bytes()]).unwrap(),
        ]
        .concat(),
        _ => honest.into(),
    }
}

fn metadata_bytes(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..rng.usize(..5) {
        let long = rng.usize(..2100);
        let names = ["token", "a", "language", "Token", ""];
        let name = if rng.u8(..10) == 0 {
            noise(rng, 300)
        } else {
            rng.choice(&names[..4]).unwrap().as_bytes().into()
        };
        let value = if rng.u8(..20) == 0 { vec![b'v'; long] } else { b"value"[..rng.usize(..=5)].into() };
        bytes.push(name.len() as u8);
        bytes.extend(name);
        bytes.extend((value.len() as u16).to_be_bytes());
        bytes.extend(value);
    }
    match rng.u8(..8) {
        0 => noise(rng, 200),
        1 => changed(rng, &bytes).into(),
        _ => bytes,
    }
}

/// A few bytes are others, or gone, or stand there twice.
fn changed(rng: &mut Rng, bytes: &[u8]) -> Bytes {
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.usize(1..4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        match rng.u8(..5) {
            0 => bytes.truncate(at),
            1 => _ = bytes.remove(at),
            2 => bytes.insert(at, bytes[at]),
            _ => bytes[at] = *rng.choice(&[0, 1, 0x7F, 0x80, 0xFF, bytes[at] ^ 1, b'"', b'9']).unwrap(),
        }
    }
    bytes.into()
}

fn noise(rng: &mut Rng, most: usize) -> Vec<u8> {
    let length = rng.usize(..=most);
    (0..length).map(|_| rng.u8(..)).collect()
}

/// Runs `work`, and gives the most memory that it held at one time.
fn peak(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).bytes_max
}

/// How often each thing has happened.
#[derive(Default)]
struct Seen(BTreeMap<&'static str, u64>);

impl Seen {
    fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    fn show(&self, title: &str) {
        println!("{title}");
        for (what, count) in &self.0 {
            println!("  {what:<20}{count:>10}");
        }
    }

    /// A generator that never comes so far would prove nothing.
    fn must_have(&self, all: &[&str]) {
        if number("CASE").is_none() {
            for what in all {
                assert!(self.0.contains_key(what), "no case ended in {what}");
            }
        }
    }
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: expected a number, got {text:?}")))
}

/// Runs `case` with the seeds from 0 on: `default` times, or more by the factor by which `CASES` is more; or
/// with the one that `CASE` names.
fn each_case(default: u64, mut case: impl FnMut(&mut Rng)) {
    struct Named(u64);
    impl Drop for Named {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("this was case {0}: CASE={0} repeats it", self.0);
            }
        }
    }
    let count = number("CASES").map_or(default, |cases| cases * default / CASES);
    let cases = number("CASE").map_or(0..count, |only| only..only + 1);
    for seed in cases {
        let _named = Named(seed);
        case(&mut Rng::with_seed(seed));
    }
}
