//! Rung 4 of the cost ladder: what a call costs that is written like a local one. Beside the local call, and
//! beside another framework's call in process; what each filter adds; and the same through a socket, beside
//! the calls of chapters 2 and 3.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use benchmarks::{Contestant, Outcome, compare, stay_on_one_core, table};
use ch01_raw_tcp::{OrderBook, OrderDispatcher, Orders};
use ch02_protocol::{ClientOptions, FrameOrders, FrameServer, Lines, ServerOptions};
use ch03_codec::shop::{Order, Shop};
use ch03_codec::{CodecTable, Format, Marshaller, ShopClient, ShopService, shapes};
use ch04_proxy::filters::{Logging, RequireToken, Timing, Token};
use ch04_proxy::orders::{OrderError, OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{Chain, Client, Filter, Invocation, Invoker, Proxy, Server};
use clap::Parser;
use futures::StreamExt as _;
use serde_json::json;
use tarpc::server::{BaseChannel, Channel as _};
use tarpc::{client, context};
use tokio::runtime::{Builder, Runtime};

/// Rung 4: a call through a stub, in process and through a socket.
#[derive(Parser)]
struct Args {
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Milliseconds that each contestant works in a round
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
    round: u64,
}

type Error = Box<dyn std::error::Error>;

/// How many calls are one piece of work. An executor is entered once for all of them, so that entering it,
/// which a program does once, is no part of what is compared.
const BATCH: u32 = 100;

fn main() -> Result<(), Error> {
    let args = Args::parse();
    stay_on_one_core();
    let round = Duration::from_millis(args.round);
    let (greeting, looking_up) = (in_process::say_hello(round)?, in_process::get_order(round)?);
    let (filters, socket) = (filters(round)?, socket(round)?);
    if args.json {
        let all = json!({
            "say_hello": greeting, "get_order": looking_up, "filters": filters, "socket": socket,
        });
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    println!("say_hello(\"world\"), in process, on one core");
    println!("{}", table(&greeting));
    println!("get_order(1), an order with three lines, in process, on one core");
    println!("{}", table(&looking_up));
    println!("Ours writes the arguments and the result as bytes, reads them, and stays on its thread.");
    println!("tarpc hands the values over as they are, and wakes a task on each side.\n");
    print_filters(&filters);
    println!("say_hello(\"world\"), through a loopback socket, on one core");
    print!("{}", table(&socket));
    Ok(())
}

/// [`BATCH`] calls as one contestant.
fn calls<'a, T>(name: &'a str, call: impl Fn() -> T + 'a) -> Contestant<'a> {
    let work = move || {
        for _ in 0..BATCH {
            black_box(call());
        }
    };
    Contestant { name, work: Box::new(work) }
}

/// Compares contestants of [`BATCH`] calls by the time of one call.
fn compare_calls(contestants: Vec<Contestant<'_>>, round: Duration) -> Vec<Outcome> {
    let mut outcomes = compare(contestants, round);
    for outcome in &mut outcomes {
        let (low, high) = outcome.middle_half_ns;
        outcome.median_ns /= f64::from(BATCH);
        outcome.middle_half_ns = (low / f64::from(BATCH), high / f64::from(BATCH));
    }
    outcomes
}

/// A shop with one order.
fn shop() -> Result<Arc<Shop>, Error> {
    let (shop, Order { customer, items, note, .. }) = (Shop::default(), shapes::order());
    shop.place(customer, items, note)?;
    Ok(Arc::new(shop))
}

/// A stub of the order service in a certain codec, never compressed.
fn stub(codec: &str, invoker: Arc<dyn Invoker>) -> OrderServiceStub {
    let codec = CodecTable::default().by_name(codec).expect("one of chapter 3's").id();
    let proxy = Proxy::new(OrderServiceStub::key(), invoker);
    OrderServiceStub::over(proxy.with_format(Format { codec, compressor: 0 }))
}

/// The stub over the dispatcher in the same process, and beside it tarpc: a client and a server of its own.
mod in_process {
    use super::*;

    /// What tarpc's macro makes a client and a server of.
    #[tarpc::service]
    trait Peer {
        async fn say_hello(name: String) -> Result<String, OrderError>;
        async fn get_order(id: u64) -> Result<Order, OrderError>;
    }

    #[derive(Clone)]
    struct PeerShop(Arc<Shop>);

    impl Peer for PeerShop {
        async fn say_hello(self, _: context::Context, name: String) -> Result<String, OrderError> {
            OrderService::say_hello(&*self.0, &name)
        }

        async fn get_order(self, _: context::Context, id: u64) -> Result<Order, OrderError> {
            OrderService::get_order(&*self.0, id)
        }
    }

    /// Client and server as tarpc's README puts them together, on one thread.
    fn peer(shop: Arc<Shop>) -> Result<(Runtime, PeerClient), Error> {
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let (near, far) = tarpc::transport::channel::unbounded();
        let requests = BaseChannel::with_defaults(far).execute(PeerShop(shop).serve());
        runtime.spawn(requests.for_each(|response| async {
            tokio::spawn(response);
        }));
        let entered = runtime.enter();
        let client = PeerClient::new(client::Config::default(), near).spawn();
        drop(entered);
        Ok((runtime, client))
    }

    const CODECS: [(&str, &str); 3] =
        [("bincode", "stub, bincode"), ("tagged", "stub, tagged"), ("json", "stub, json")];

    /// The local call, and a stub in each codec.
    fn ours<'a, T: 'a>(
        shop: &'a Arc<Shop>,
        near: impl Fn(&dyn OrderService<Error = OrderError>) -> T + 'a,
        far: impl Fn(&OrderServiceStub) -> T + Copy + 'a,
    ) -> Result<Vec<Contestant<'a>>, Error> {
        let mut contestants = vec![calls("a local call", move || near(black_box(&**shop)))];
        for (codec, name) in CODECS {
            let server = Server::builder().service(order_service_skeleton(Arc::clone(shop))).build()?;
            let stub = stub(codec, server);
            contestants.push(calls(name, move || far(&stub)));
        }
        Ok(contestants)
    }

    pub fn say_hello(round: Duration) -> Result<Vec<Outcome>, Error> {
        let shop = shop()?;
        let (runtime, client) = peer(Arc::clone(&shop))?;
        let mut contestants = ours(
            &shop,
            |shop| shop.say_hello(black_box("world")).expect("it always answers"),
            |stub| stub.say_hello(black_box("world")).expect("it always answers"),
        )?;
        contestants.push(Contestant {
            name: "tarpc, in-process channel",
            work: Box::new(|| {
                runtime.block_on(async {
                    for _ in 0..BATCH {
                        let name = black_box("world").to_owned();
                        let reply = client.say_hello(context::current(), name).await;
                        black_box(reply).expect("the server lives").expect("it always answers");
                    }
                });
            }),
        });
        Ok(compare_calls(contestants, round))
    }

    pub fn get_order(round: Duration) -> Result<Vec<Outcome>, Error> {
        let shop = shop()?;
        let (runtime, client) = peer(Arc::clone(&shop))?;
        let mut contestants = ours(
            &shop,
            |shop| shop.get_order(black_box(1)).expect("it is there"),
            |stub| stub.get_order(black_box(1)).expect("it is there"),
        )?;
        contestants.push(Contestant {
            name: "tarpc, in-process channel",
            work: Box::new(|| {
                runtime.block_on(async {
                    for _ in 0..BATCH {
                        let reply = client.get_order(context::current(), black_box(1)).await;
                        black_box(reply).expect("the server lives").expect("it is there");
                    }
                });
            }),
        });
        Ok(compare_calls(contestants, round))
    }
}

/// What the table calls them, and the filters.
type Filters = (&'static str, Vec<Arc<dyn Filter>>);

/// The filters that every framework has, each alone around the same call, and then all.
fn all_filters() -> Result<Vec<Filters>, Error> {
    let counted = AtomicU64::new(0);
    let counting = move |invocation: &Invocation, next: &dyn Invoker| {
        counted.fetch_add(1, Relaxed);
        next.invoke(invocation)
    };
    let counting: Arc<dyn Filter> = Arc::new(counting);
    let timing: Arc<dyn Filter> = Arc::new(Timing::new());
    let token: [Arc<dyn Filter>; 2] =
        [Arc::new(Token::new("s3cret")?), Arc::new(RequireToken::new("s3cret"))];
    let logging: Arc<dyn Filter> = Arc::new(Logging::new(|line| _ = black_box(line)));
    let three = [vec![Arc::clone(&timing)], token.to_vec(), vec![Arc::clone(&counting)]].concat();
    let all = [three.clone(), vec![Arc::clone(&logging)]].concat();
    Ok(vec![
        ("no filter", vec![]),
        ("a closure that counts", vec![counting]),
        ("Timing", vec![timing]),
        ("Token and RequireToken", token.into()),
        ("Logging, into nothing", vec![logging]),
        ("all but Logging", three),
        ("all", all),
    ])
}

fn filters(round: Duration) -> Result<Vec<Outcome>, Error> {
    let dispatcher = Server::builder().service(order_service_skeleton(shop()?)).build()?;
    let filters = all_filters()?;
    let contestants = filters.into_iter().map(|(name, filters)| {
        let stub = stub("tagged", Arc::new(Chain::new(filters, Arc::clone(&dispatcher))));
        calls(name, move || stub.say_hello(black_box("world")).expect("it always answers"))
    });
    Ok(compare_calls(contestants.collect(), round))
}

fn print_filters(outcomes: &[Outcome]) {
    let bare = outcomes.first().map_or(0.0, |bare| bare.median_ns);
    println!(
        "{:<28}{:>10}{:>16}{:>12}",
        "Filters around say_hello", "ns a call", "ns that it adds", "× no filter"
    );
    for Outcome { name, median_ns, times_the_first, .. } in outcomes {
        println!("{name:<28}{median_ns:>10.0}{:>16.0}{times_the_first:>12.2}", median_ns - bare);
    }
    println!();
}

fn socket(round: Duration) -> Result<Vec<Outcome>, Error> {
    let listener = || TcpListener::bind("127.0.0.1:0");
    let lines = Arc::new(Lines(OrderDispatcher::<OrderBook>::default()));
    let ch02 = FrameServer::start(listener()?, lines, ServerOptions::default())?;
    let ch03 = FrameServer::start(listener()?, Arc::<ShopService>::default(), ServerOptions::default())?;
    let ch04 = Server::builder().service(order_service_skeleton(shop()?)).start(listener()?)?;
    // Every filter once, on the side where it belongs.
    let (timing, token) = (Timing::new(), Token::new("s3cret")?);
    let guarded = Server::builder()
        .filter(RequireToken::new("s3cret"))
        .filter(Logging::new(|line| _ = black_box(line)))
        .service(order_service_skeleton(shop()?))
        .start(listener()?)?;

    let options = ClientOptions::default;
    let frame_orders = FrameOrders::new(ch02.address(), options());
    let shop_client = ShopClient::connect(ch03.address(), &options(), Marshaller::default())?;
    let tagged = Format { compressor: 0, ..Proxy::FORMAT };
    let client = |server: &Server| Arc::new(Client::new(server.address(), options()));
    let bare = stub("tagged", client(&ch04));
    let chain = Chain::new(vec![Arc::new(timing), Arc::new(token)], client(&guarded));
    let filtered = stub("tagged", Arc::new(chain));
    let contestants = vec![
        calls("a text in a frame (chapter 2)", || frame_orders.say_hello(black_box("world")).unwrap()),
        calls("ShopClient (chapter 3)", || shop_client.say_hello(tagged, black_box("world")).unwrap()),
        calls("stub (chapter 4)", || bare.say_hello(black_box("world")).unwrap()),
        calls("stub, four filters", || filtered.say_hello(black_box("world")).unwrap()),
    ];
    Ok(compare_calls(contestants, round))
}
