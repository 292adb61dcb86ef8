//! All the ways in which a call can go wrong, and what its caller learns: they must be told apart by status or
//! variant, and each must say whether the call has run.

mod common;

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::channel;
use std::thread;

use ch01_raw_tcp::Outcome::{self, MayHaveRun, NeverRan, RanAndFailed};
use ch02_protocol::extension::number;
use ch02_protocol::{ClientOptions, Extensions, Frame, FrameServer, Kind, ServerOptions};
use ch03_codec::shop::Shop;
use ch03_codec::{Format, Marshaller, ShopClient, ShopService};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::server::ServerBuilder;
use ch04_proxy::{
    Chain, Invocation, Invoker, NoError, RpcError, Server, Signature, Skeleton, Status, service,
};
use common::{Gate, PATIENCE, Seen, ask, codecs, dial, format, frame_client, listener, proxy, seen, stub_in};
use serde::Serialize;

/// A service that gets into trouble.
#[service(name = "shop.Trouble", version = "1")]
trait Trouble {
    type Error;

    fn panic(&self) -> Result<u8, Self::Error>;
    fn fine(&self) -> Result<u8, Self::Error>;
    fn wait(&self) -> Result<u8, Self::Error>;
}

struct InTrouble(Gate);

impl Trouble for InTrouble {
    type Error = NoError;

    fn panic(&self) -> Result<u8, NoError> {
        // As `panic!` does, without a word on the test's output.
        std::panic::resume_unwind(Box::new("the password is 1234"))
    }

    fn fine(&self) -> Result<u8, NoError> {
        Ok(1)
    }

    fn wait(&self) -> Result<u8, NoError> {
        self.0.wait();
        Ok(2)
    }
}

/// Under the order service's name, what answers in other types.
fn another_age() -> Skeleton {
    let signature = |name| Signature { name, arguments: &[], returns: "u8" };
    #[derive(serde::Deserialize)]
    struct Hello {
        #[allow(dead_code)]
        name: String,
    }
    #[derive(serde::Deserialize)]
    struct Get {
        #[allow(dead_code)]
        id: u64,
    }
    Skeleton::new(OrderServiceStub::key(), "u8")
        .method(signature("say_hello"), |_: Hello| Ok::<u8, u8>(7))
        .method(signature("get_order"), |_: Get| Err::<u8, u8>(7))
        .with_key(ch04_proxy::ServiceKey::parse("OrderService:odd").unwrap())
}

/// A shop, trouble, and another age.
fn builder() -> ServerBuilder {
    let (gate, ..) = Gate::new();
    Server::builder()
        .service(order_service_skeleton(Arc::new(Shop::default())))
        .service(trouble_skeleton(Arc::new(InTrouble(gate))))
        .service(another_age())
}

/// Arguments of other methods than `get_order(id: u64)`.
#[derive(Serialize)]
struct Nothing {}
#[derive(Serialize)]
struct OneMore {
    id: u64,
    wrapped: bool,
}
#[derive(Serialize)]
struct InWords {
    id: &'static str,
}

/// Changes the format in the header, and only there.
fn mislabelled(format: Format, invoker: Arc<dyn Invoker>) -> Arc<dyn Invoker> {
    let filter = move |invocation: &Invocation, next: &dyn Invoker| {
        let mut invocation = invocation.clone();
        invocation.arguments.format = format;
        next.invoke(&invocation)
    };
    Arc::new(Chain::new(vec![Arc::new(filter)], invoker))
}

type Call = fn(Arc<dyn Invoker>) -> Seen;
/// Name, call, and what its caller sees: variant, status, outcome, and how the text begins.
type Row = (&'static str, Call, &'static str, Option<u16>, Outcome, &'static str);

fn get_order<A: Serialize>(format: Format, invoker: &Arc<dyn Invoker>, arguments: &A) -> Seen {
    let proxy = proxy("OrderService", Arc::clone(invoker)).with_format(format);
    seen(proxy.call::<_, u64, OrderError>("get_order", arguments))
}

/// What a server says no to, whichever way the call has come.
const REFUSED: [Row; 14] = [
    (
        "unknown service",
        |to| seen(proxy("Nobody", to).call::<_, u64, OrderError>("get_order", &Nothing {})),
        "Remote",
        Some(108),
        NeverRan,
        "the server answered 108 unknown-service: no service Nobody; here: OrderService, OrderService:odd, \
         shop.Trouble:1",
    ),
    (
        "unknown method",
        |to| seen(proxy("OrderService", to).call::<_, u64, OrderError>("burn_order", &Nothing {})),
        "Remote",
        Some(102),
        NeverRan,
        "the server answered 102 unknown-method: no method burn_order in OrderService; there are: get_order, \
         list_orders, place_order, say_hello",
    ),
    (
        "too few arguments",
        |to| get_order(format("json"), &to, &Nothing {}),
        "Remote",
        Some(109),
        NeverRan,
        "the server answered 109 bad-arguments: get_order(id: u64) -> Order: not the expected value in json: \
         missing field `id`",
    ),
    (
        "too many arguments",
        |to| get_order(format("json"), &to, &OneMore { id: 42, wrapped: true }),
        "Remote",
        Some(109),
        NeverRan,
        "the server answered 109 bad-arguments: get_order(id: u64) -> Order: not the expected value in json: \
         unknown field `wrapped`, expected `id`",
    ),
    (
        "an argument of another type",
        |to| get_order(format("json"), &to, &InWords { id: "forty-two" }),
        "Remote",
        Some(109),
        NeverRan,
        "the server answered 109 bad-arguments: get_order(id: u64) -> Order: not the expected value in json: \
         invalid type: string \"forty-two\", expected u64",
    ),
    (
        "unknown codec",
        |to| {
            let stub = stub_in(format("json"), mislabelled(Format { codec: 99, compressor: 0 }, to));
            seen(stub.get_order(42))
        },
        "Remote",
        Some(106),
        NeverRan,
        "the server answered 106 unknown-codec: get_order(id: u64) -> Order: codec: unknown id 99; known here: \
         1 json, 2 hessian2, 3 bincode, 4 postcard, 5 tagged",
    ),
    (
        "unknown compressor",
        |to| {
            let stub = stub_in(format("json"), mislabelled(Format { codec: 1, compressor: 99 }, to));
            seen(stub.get_order(42))
        },
        "Remote",
        Some(107),
        NeverRan,
        "the server answered 107 unknown-compressor: get_order(id: u64) -> Order: compressor: unknown id 99; \
         known here: 1 deflate, 2 gzip, 3 zlib",
    ),
    (
        "a panic",
        |to| seen(TroubleStub::new(to).panic()),
        "Remote",
        Some(201),
        MayHaveRun,
        "the server answered 201 internal: shop.Trouble:1.panic panicked",
    ),
    (
        "the service's own error",
        |to| seen(stub_in(format("json"), to).get_order(42)),
        "Service",
        Some(304),
        RanAndFailed,
        "no order 42",
    ),
    (
        "another error of the service",
        |to| seen(stub_in(format("json"), to).place_order("Ann", &[], None)),
        "Service",
        Some(304),
        RanAndFailed,
        "an order has 1 to 8 items",
    ),
    (
        "an answer of another type",
        |to| {
            let proxy = proxy("OrderService:odd", to).with_format(format("json"));
            seen(OrderServiceStub::over(proxy).say_hello("world"))
        },
        "Answer",
        None,
        MayHaveRun,
        "the answer (0 ok) cannot be read: not the expected value in json: invalid type: integer `7`, expected \
         a string",
    ),
    (
        "an error of another type",
        |to| {
            let proxy = proxy("OrderService:odd", to).with_format(format("json"));
            seen(OrderServiceStub::over(proxy).get_order(42))
        },
        "Answer",
        Some(304),
        RanAndFailed,
        "the answer (304 service-error) cannot be read: not the expected value in json: expected value",
    ),
    (
        "a method that cannot be called that",
        |to| seen(proxy("OrderService", to).call::<_, u64, OrderError>("get order", &Nothing {})),
        "Name",
        None,
        NeverRan,
        "the method \"get order\" may hold ASCII letters, digits and _ only",
    ),
    (
        "a codec that the caller does not know itself",
        |to| seen(stub_in(Format { codec: 99, compressor: 0 }, to).get_order(42)),
        "Arguments",
        None,
        NeverRan,
        "the arguments cannot be written: codec: unknown id 99; known here: 1 json, 2 hessian2, 3 bincode, \
         4 postcard, 5 tagged",
    ),
];

fn check(way: &str, invoker: &Arc<dyn Invoker>) {
    for (name, call, variant, status, outcome, text) in REFUSED {
        let seen = call(Arc::clone(invoker));
        let expected = Seen { variant, status, outcome, text: seen.text.clone() };
        assert_eq!(seen, expected, "{name}, {way}");
        assert!(seen.text.starts_with(text), "{name}, {way}: {}", seen.text);
        // Whatever it was, the next call on the same way is none the worse for it.
        let stub = stub_in(format("json"), Arc::clone(invoker));
        assert_eq!(stub.say_hello("again").unwrap(), "Hello again", "after {name}, {way}");
    }
}

#[test]
fn what_goes_wrong_in_process_has_a_name() {
    check("in process", &builder().build().unwrap());
}

#[test]
fn what_goes_wrong_over_a_socket_has_the_same_name() {
    let server = builder().start(listener()).unwrap();
    let client = dial(server.address());
    check("over a socket", &(Arc::clone(&client) as _));
    assert_eq!(client.meter().counts().of(ch01_raw_tcp::meter::Syscall::Connect), 1, "the connection lived");
    assert_eq!(server.stats().bad_streams.load(Relaxed), 0);
    server.stop().unwrap();
}

/// A name that is enough for a person to know what happened.
#[test]
fn no_two_ways_to_fail_look_alike() {
    let mut all: Vec<_> = REFUSED.iter().map(|row| (row.2, row.3, row.5)).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), REFUSED.len());
}

/// bincode and postcard do not say what they hold: other types with as many bytes are read as if they were right.
/// Chapter 3 shows it for fields; it is true of arguments, too.
#[test]
fn in_a_format_without_kinds_other_bytes_run() {
    let server = builder().build().unwrap();
    for (name, format) in codecs() {
        let seen = get_order(format, &server, &InWords { id: "" });
        let expected = if matches!(name, "bincode" | "postcard") { Some(304) } else { Some(109) };
        assert_eq!(seen.status, expected, "{name}: {}", seen.text);
    }
}

#[test]
fn arguments_that_do_not_fill_the_record_are_refused_in_every_codec() {
    let server = builder().build().unwrap();
    for (name, format) in codecs() {
        for (what, seen) in [
            ("too few", get_order(format, &server, &Nothing {})),
            ("too many", get_order(format, &server, &OneMore { id: 42, wrapped: true })),
            ("of another type", get_order(format, &server, &InWords { id: "forty-two" })),
        ] {
            assert_eq!((seen.status, seen.outcome), (Some(109), NeverRan), "{what} in {name}: {}", seen.text);
            assert!(seen.text.contains("get_order(id: u64) -> Order"), "what is called: {}", seen.text);
        }
    }
}

/// An error is a value: whoever is far away can `match` on it, and on what it carries.
#[test]
fn the_services_own_error_arrives_with_its_data() {
    let server = builder().start(listener()).unwrap();
    for (name, format) in codecs() {
        match stub_in(format, dial(server.address())).get_order(42) {
            Err(RpcError::Service(OrderError::NotFound { id: 42 })) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_panic_costs_one_reply_and_nobody_else_anything() {
    let (gate, at_the_gate, key) = Gate::new();
    // One worker that panics, one that stands at the gate.
    let server = Server::builder()
        .service(trouble_skeleton(Arc::new(InTrouble(gate))))
        .options(ServerOptions { workers: 2, ..ServerOptions::default() })
        .start(listener())
        .unwrap();
    let [one, two] = [(); 2].map(|()| TroubleStub::new(dial(server.address())));
    thread::scope(|scope| {
        let waits = scope.spawn(|| two.wait());
        at_the_gate.recv_timeout(PATIENCE).unwrap();
        // More panics than there are workers: none of them is lost.
        for _ in 0..10 {
            let error = seen(one.panic());
            assert_eq!((error.status, error.outcome), (Some(201), MayHaveRun));
            assert!(
                !error.text.contains("1234"),
                "why it panicked is not the caller's business: {}",
                error.text
            );
            assert_eq!(one.fine().unwrap(), 1, "the connection lives");
        }
        drop(key);
        assert_eq!(waits.join().unwrap().unwrap(), 2, "another connection's call goes on");
    });
    server.stop().unwrap();
}

#[test]
fn nobody_there_and_nobody_there_any_more() {
    let gone = listener().local_addr().unwrap();
    let error = seen(OrderServiceStub::new(dial(gone)).get_order(1));
    assert_eq!((error.variant, error.status, error.outcome), ("Connect", None, NeverRan));
    assert!(error.text.starts_with(&format!("cannot connect to {gone}: ")), "{}", error.text);

    let (gate, at_the_gate, key) = Gate::new();
    let server = Server::builder()
        .service(trouble_skeleton(Arc::new(InTrouble(gate))))
        .options(ServerOptions { workers: 1, queue: 1, ..ServerOptions::default() })
        .start(listener())
        .unwrap();
    let stub = TroubleStub::new(dial(server.address()));
    thread::scope(|scope| {
        let key = key; // gone before the server, should this test fail: it waits for whoever stands at the gate
        let runs = scope.spawn(|| stub.wait());
        at_the_gate.recv_timeout(PATIENCE).unwrap();
        // Two more for a queue with one place. When one of them has been refused, the other one stands there.
        let (said, hear) = channel();
        for said in [said.clone(), said] {
            scope.spawn({
                let stub = &stub;
                move || said.send(seen(stub.fine()))
            });
        }
        let error = hear.recv_timeout(PATIENCE).unwrap();
        assert_eq!((error.status, error.outcome), (Some(103), NeverRan), "{error:?}");
        let stopping = scope.spawn(|| server.stop());
        let error = hear.recv_timeout(PATIENCE).unwrap();
        assert_eq!((error.status, error.outcome), (Some(105), NeverRan), "{error:?}");
        drop(key);
        stopping.join().unwrap().unwrap();
        match runs.join().unwrap() {
            // It had begun; its reply may have come in front of the close, or not.
            Ok(2) => {}
            other => assert_eq!(seen(other).outcome, MayHaveRun),
        }
    });
    let error = seen(stub.fine());
    assert_eq!((error.variant, error.outcome), ("Connect", NeverRan), "{error:?}");
}

#[test]
fn a_frame_that_names_nothing_is_answered_and_the_connection_lives() {
    let server = builder().start(listener()).unwrap();
    let client = frame_client(server.address());
    let service = || Extensions::none().with(number::SERVICE, true, b"OrderService");
    let method = |name: &[u8]| service().with(number::METHOD, true, name);
    for (extensions, status, text) in [
        (Extensions::none(), Status::BAD_REQUEST, "the frame names no service"),
        (service(), Status::BAD_REQUEST, "the frame names no method"),
        (method(b"get order"), Status::BAD_REQUEST, "the method \"get order\" may hold ASCII letters"),
        (method(b"\xff"), Status::BAD_REQUEST, "the method in the frame is not UTF-8"),
        (
            method(b"get_order").with(number::METADATA, false, b"\x05tok"),
            Status::BAD_REQUEST,
            "metadata ends before its last value does",
        ),
        (
            method(b"get_order").with(number::TAG, true, b"x"),
            Status::UNKNOWN_EXTENSION,
            "extension 3 is critical",
        ),
        // The names were fine; what follows them is empty, in codec 0.
        (method(b"get_order"), Status::UNKNOWN_CODEC, "get_order(id: u64) -> Order: codec: unknown id 0"),
    ] {
        let reply = ask(&client, Frame::new(Kind::Request, 0, "").with_extensions(extensions));
        let said = String::from_utf8(reply.body.to_vec()).unwrap();
        assert_eq!(reply.status, status, "{said}");
        assert!(said.starts_with(text), "{said}");
        assert_eq!(status.outcome(), Some(NeverRan));
    }
    assert!(client.is_open());
}

/// Old and new stand side by side while a system is moved over: each must understand that it is not meant.
#[test]
fn chapter_3_and_chapter_4_refuse_each_other_in_words() {
    let old =
        FrameServer::start(listener(), Arc::new(ShopService::default()), ServerOptions::default()).unwrap();
    let error = seen(OrderServiceStub::new(dial(old.address())).get_order(42));
    // Without the critical bit it would have taken the arguments of a call for a whole request.
    let text = "the server answered 104 unknown-extension: extension 5 is critical, and unknown here";
    let expected = Seen { variant: "Remote", status: Some(104), outcome: NeverRan, text: text.into() };
    assert_eq!(error, expected);
    assert_eq!(old.stats().run.load(Relaxed), 0);

    let new = builder().start(listener()).unwrap();
    let client =
        ShopClient::connect(new.address(), &ClientOptions::default(), Marshaller::default()).unwrap();
    let error = client.get_order(format("json"), 42).unwrap_err();
    assert_eq!(error.to_string(), "the server answered 101 bad-request: the frame names no service");
    assert_eq!(error.outcome(), NeverRan);
}

#[test]
fn a_server_knows_the_codecs_that_it_was_given() {
    let mut codecs = ch03_codec::CodecTable::empty();
    codecs.register(Arc::new(ch03_codec::codecs::Json)).unwrap();
    let marshaller = Arc::new(Marshaller { codecs, ..Marshaller::default() });
    let server = builder().marshaller(marshaller).start(listener()).unwrap();
    let stub = |codec| stub_in(format(codec), dial(server.address()));
    assert_eq!(stub("json").say_hello("world").unwrap(), "Hello world");
    let error = seen(stub("tagged").say_hello("world"));
    assert_eq!((error.status, error.outcome), (Some(106), NeverRan));
    assert!(error.text.ends_with("unknown id 5; known here: 1 json"), "{}", error.text);
}

#[test]
fn two_services_under_one_key_do_not_start() {
    let twice = || builder().service(order_service_skeleton(Arc::new(Shop::default())));
    let error = twice().build().err().expect("the second would hide the first");
    assert_eq!(error.to_string(), "there is a service OrderService already");
    let error = twice().start(listener()).unwrap_err();
    let says = "there is a service OrderService already".to_owned();
    assert_eq!((error.kind(), error.to_string()), (std::io::ErrorKind::InvalidInput, says));
}
