//! Typed calls over real sockets, in every format.

use std::net::TcpListener;
use std::sync::Arc;

use ch01_raw_tcp::{Meter, Outcome};
use ch02_protocol::{CallError, ClientOptions, Frame, FrameClient, FrameServer, Kind, ServerOptions, Status};
use ch03_codec::client::ShopCallError;
use ch03_codec::codecs::Json;
use ch03_codec::compress::{Compressor, Gzip};
use ch03_codec::shop::{Item, Order, Request, Response};
use ch03_codec::{CodecTable, CompressorTable, Format, Limits, Marshaller, ShopClient, ShopService};

fn server(marshaller: Marshaller) -> FrameServer {
    let service = Arc::new(ShopService { marshaller, ..ShopService::default() });
    FrameServer::start(TcpListener::bind("127.0.0.1:0").unwrap(), service, ServerOptions::default()).unwrap()
}

fn client(server: &FrameServer) -> ShopClient {
    ShopClient::connect(server.address(), &ClientOptions::default(), Marshaller::default()).unwrap()
}

fn items() -> Vec<Item> {
    vec![
        Item { name: "blue keyboard".into(), quantity: 2, cents: 4900 },
        Item { name: "discount\n\"spring\" \u{1F600}".into(), quantity: 1, cents: -500 },
    ]
}

#[test]
fn one_connection_carries_every_format() {
    let server = server(Marshaller::default());
    let client = client(&server);
    let (codecs, compressors) = (CodecTable::default(), CompressorTable::default());
    let mut placed = 0;
    for codec in codecs.iter() {
        for compressor in [0].into_iter().chain(compressors.iter().map(|compressor| compressor.id())) {
            let format = Format { codec: codec.id(), compressor };
            assert_eq!(client.say_hello(format, "world").unwrap(), "Hello world");
            let note = (compressor == 0).then(|| "ring twice".to_owned());
            let id = client.place_order(format, "Ann", items(), note.clone()).unwrap();
            placed += 1;
            assert_eq!(id, placed);
            let expected = Order { id, customer: "Ann".into(), items: items(), note };
            assert_eq!(client.get_order(format, id).unwrap(), expected, "{format:?}");
        }
    }
    server.stop().unwrap();
}

#[test]
fn the_answer_comes_in_the_format_of_the_question_and_short_ones_uncompressed() {
    let server = server(Marshaller::default());
    let client = client(&server);
    let json = Format { codec: 1, compressor: 2 };
    for _ in 0..50 {
        client.place_order(json, "Ann", items(), None).unwrap();
    }
    let (short, body) = client.call(json, &Request::GetOrder { id: 1 }).unwrap();
    assert!(matches!(short, Response::Order(_)));
    assert_eq!(body.format, Format { codec: 1, compressor: 0 });
    assert_eq!(body.bytes[0], b'{');
    let (long, body) = client.call(json, &Request::ListOrders { from: 1, count: 100 }).unwrap();
    let Response::Orders(orders) = long else { panic!("no list") };
    assert_eq!(orders.len(), 50);
    assert_eq!(body.format, json);
    assert!(body.bytes.len() < 1000, "fifty equal orders in {} bytes", body.bytes.len());
    server.stop().unwrap();
}

#[test]
fn an_unknown_id_is_answered_and_the_connection_lives() {
    // This server knows nothing but JSON.
    let mut codecs = CodecTable::empty();
    codecs.register(Arc::new(Json)).unwrap();
    let server =
        server(Marshaller { codecs, compressors: CompressorTable::empty(), ..Marshaller::default() });
    let client = client(&server);
    let refused = |format| match client.say_hello(format, &"world ".repeat(500)) {
        Err(error @ ShopCallError::Call(CallError::Remote { .. })) => {
            assert_eq!(error.outcome(), Outcome::NeverRan);
            error.to_string()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(Format { codec: 5, compressor: 0 }),
        "the server answered 106 unknown-codec: codec: unknown id 5; known here: 1 json"
    );
    assert_eq!(
        refused(Format { codec: 1, compressor: 2 }),
        "the server answered 107 unknown-compressor: compressor: unknown id 2; known here: none"
    );
    assert_eq!(client.say_hello(Format { codec: 1, compressor: 0 }, "world").unwrap(), "Hello world");
    server.stop().unwrap();
}

#[test]
fn what_is_no_request_is_answered_and_the_connection_lives() {
    let server = server(Marshaller::default());
    let client =
        FrameClient::connect(server.address(), &ClientOptions::default(), &Arc::new(Meter::default()))
            .unwrap();
    let ask = |codec, compressor, body: Vec<u8>| {
        let frame = Frame { codec, compressor, ..Frame::new(Kind::Request, 0, body) };
        let reply = client.send(frame).unwrap().wait().unwrap();
        (reply.status, String::from_utf8(reply.body.to_vec()).unwrap())
    };
    let bomb = Gzip.compress(&vec![b' '; 9 * 1024 * 1024]);
    assert!(bomb.len() < 64 * 1024);
    for (codec, compressor, body, says) in [
        (0, 0, b"say_hello world".to_vec(), "codec: unknown id 0"),
        (1, 0, b"{\"SayHello\":{\"name\":7}}".to_vec(), "not the expected value in json"),
        (1, 0, b"{\"SayHello\":{\"name\":\"a\"}} x".to_vec(), "trailing characters"),
        (3, 0, vec![2], "not the expected value in bincode"),
        (5, 0, vec![0x0b, 0x02, 0x0a, 0x01, 0x13, 0x01, 0xff], "1 bytes left over after the value in tagged"),
        (1, 2, b"plain text".to_vec(), "not gzip"),
        (1, 2, bomb, "refused: too big: 8388609 bytes, at most 8388608"),
        (1, 0, [&b"{\"SayHello\":{\"name\":\"a\",\"x\":"[..], &b"[".repeat(100)].concat(), "nested too deep"),
    ] {
        let (status, text) = ask(codec, compressor, body);
        assert!(matches!(status, Status::BAD_REQUEST | Status::UNKNOWN_CODEC), "{status}: {text}");
        assert!(text.contains(says), "{text}");
    }
    // A request that makes sense gets the business's own no.
    let reply = ask(1, 0, b"{\"GetOrder\":{\"id\":9}}".to_vec());
    assert_eq!(reply, (Status::NOT_FOUND, "no order 9".into()));
    server.stop().unwrap();
}

#[test]
fn an_answer_beyond_the_clients_limits_is_an_error_at_the_client_and_may_have_run() {
    let server = server(Marshaller::default());
    let limits = Limits { max_text: 10, ..Limits::default() };
    let marshaller = Marshaller { limits, ..Marshaller::default() };
    let client = ShopClient::connect(server.address(), &ClientOptions::default(), marshaller).unwrap();
    for codec in CodecTable::default().iter() {
        let error = client.say_hello(Format { codec: codec.id(), compressor: 0 }, "world").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the response cannot be read: refused: text too long: 11 bytes, at most 10",
            "{}",
            codec.name()
        );
        assert_eq!(error.outcome(), Outcome::MayHaveRun);
    }
    server.stop().unwrap();
}
