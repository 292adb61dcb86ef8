//! One caller, written once for every `S: OrderService`: beside a shop, over a dispatcher in the same process,
//! and over a socket, in every format. Only the type of the error differs. [F-02]

mod common;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use ch03_codec::Format;
use ch03_codec::shop::{Order, Shop};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Chain, Filter, Invocation, Invoker, RpcError, Server};
use common::{codecs, dial, items, listener, own, shop_server, stub_in};

/// What one caller got, call by call.
#[derive(Debug, PartialEq, Eq)]
struct Diary {
    greetings: Vec<String>,
    placed: Vec<u64>,
    orders: Vec<Order>,
    lists: Vec<Vec<Order>>,
    refusals: Vec<OrderError>,
}

/// How many calls a [`visit`] makes.
const CALLS: u64 = 14;

/// The caller. It does not know where the shop is. `own` takes the shop's no out of the error.
fn visit<S>(shop: &S, own: impl Fn(S::Error) -> OrderError) -> Diary
where
    S: OrderService<Error: std::fmt::Debug> + ?Sized,
{
    let greetings = ["world", "", "Zoë \u{1F600} \"\n\0"].map(|name| shop.say_hello(name).unwrap());
    let long = "x".repeat(250);
    let placed = [
        shop.place_order("Ann", &items(), Some("ring twice".into())).unwrap(),
        shop.place_order("", &items()[..1], None).unwrap(),
        // Long enough to be compressed.
        shop.place_order(&long, &items(), Some(long.clone())).unwrap(),
    ];
    let orders = [1, 3].map(|id| shop.get_order(id).unwrap());
    let lists = [(1, 10), (2, 1), (9, 9)].map(|(from, count)| shop.list_orders(from, count).unwrap());
    let mut free = items();
    free[1].quantity = 0;
    let refusals = [
        own(shop.get_order(42).unwrap_err()),
        own(shop.place_order("Ann", &[], None).unwrap_err()),
        own(shop.place_order("Ann", &free, None).unwrap_err()),
    ];
    Diary {
        greetings: greetings.into(),
        placed: placed.into(),
        orders: orders.into(),
        lists: lists.into(),
        refusals: refusals.into(),
    }
}

/// What a caller beside the shop gets. The values are spelt out, so that all ways cannot be wrong alike.
fn expected() -> Diary {
    let diary = visit(&Shop::default(), |error| error);
    assert_eq!(diary.greetings, ["Hello world", "Hello ", "Hello Zoë \u{1F600} \"\n\0"]);
    assert_eq!(diary.placed, [1, 2, 3]);
    let first = Order { id: 1, customer: "Ann".into(), items: items(), note: Some("ring twice".into()) };
    assert_eq!(diary.orders[0], first);
    assert_eq!(diary.orders[1].note.as_deref(), Some(&*"x".repeat(250)));
    assert_eq!(diary.lists.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1, 0]);
    assert_eq!(
        diary.refusals,
        [
            OrderError::NotFound { id: 42 },
            OrderError::BadOrder { why: "an order has 1 to 8 items".into() },
            OrderError::BadOrder { why: "the quantity must be at least 1".into() },
        ]
    );
    diary
}

/// Every codec, without and with a compressor.
fn formats() -> Vec<(&'static str, Format)> {
    let both = |(name, format)| [(name, format), (name, Format { compressor: 1, ..format })];
    codecs().into_iter().flat_map(both).collect()
}

/// Counts the calls that pass.
fn counter() -> (Arc<AtomicU64>, Arc<dyn Filter>) {
    let passed = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&passed);
    let filter = move |invocation: &Invocation, next: &dyn Invoker| {
        counted.fetch_add(1, Relaxed);
        next.invoke(invocation)
    };
    (passed, Arc::new(filter))
}

#[test]
fn beside_the_shop_behind_a_trait_object_it_is_the_same() {
    let shop: &dyn OrderService<Error = OrderError> = &Shop::default();
    assert_eq!(visit(shop, |error| error), expected());
}

#[test]
fn in_process_every_format_gives_what_the_shop_gives() {
    assert_eq!(formats().len(), 10);
    for (name, format) in formats() {
        let (passed, filter) = counter();
        let chain = Chain::new(vec![filter], shop_server().build().unwrap());
        let stub = stub_in(format, Arc::new(chain));
        assert_eq!(visit(&stub, own), expected(), "{name} {format:?}");
        assert_eq!(passed.load(Relaxed), CALLS, "every call was an invocation");
    }
}

#[test]
fn over_a_socket_every_format_gives_what_the_shop_gives() {
    for (name, format) in formats() {
        let server = shop_server().start(listener()).unwrap();
        let (passed, filter) = counter();
        let stub = stub_in(format, Arc::new(Chain::new(vec![filter], dial(server.address()))));
        assert_eq!(visit(&stub, own), expected(), "{name} {format:?}");
        assert_eq!((passed.load(Relaxed), server.stats().run.load(Relaxed)), (CALLS, CALLS));
        server.stop().unwrap();
    }
}

#[test]
fn one_connection_carries_every_format_and_every_thread() {
    let shop = Arc::new(Shop::default());
    let server =
        Server::builder().service(order_service_skeleton(Arc::clone(&shop))).start(listener()).unwrap();
    let client = dial(server.address());
    std::thread::scope(|scope| {
        for (name, format) in formats() {
            let stub = stub_in(format, Arc::clone(&client) as _);
            scope.spawn(move || {
                for _ in 0..20 {
                    let id = stub.place_order(name, &items(), None).unwrap();
                    let order = stub.get_order(id).unwrap();
                    assert_eq!((order.id, &*order.customer), (id, name), "the reply of another call");
                }
            });
        }
    });
    assert_eq!(shop.list(1, 1000).len(), 20 * formats().len());
    assert_eq!(client.meter().counts().of(ch01_raw_tcp::meter::Syscall::Connect), 1);
}

/// The same interface twice, side by side: a caller reaches the one that it names.
#[test]
fn versions_and_groups_stand_side_by_side() {
    let keys = ["OrderService", "OrderService:2.0", "gray/OrderService", "gray/OrderService:2.0"];
    let key = |text| ch04_proxy::ServiceKey::parse(text).unwrap();
    let builder = keys.iter().fold(Server::builder(), |builder, text| {
        let shop = Shop::default();
        shop.place(text.to_string(), items(), None).unwrap();
        builder.service(order_service_skeleton(Arc::new(shop)).with_key(key(text)))
    });
    let server = builder.start(listener()).unwrap();
    let client = dial(server.address());
    let stub = |text| OrderServiceStub::over(common::proxy(text, Arc::clone(&client) as _));
    for text in keys {
        assert_eq!(stub(text).get_order(1).unwrap().customer, text);
    }
    let error = stub("OrderService:2").get_order(1).unwrap_err();
    let RpcError::Call(error) = error else { panic!("{error}") };
    assert_eq!(
        error.to_string(),
        "the server answered 108 unknown-service: no service OrderService:2; here: OrderService, \
         OrderService:2.0, gray/OrderService, gray/OrderService:2.0"
    );
}
