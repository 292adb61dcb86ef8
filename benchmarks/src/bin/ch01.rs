//! Rung 1 of the cost ladder: what a call over raw TCP costs, and how much of it is ours.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use benchmarks::{Contestant, Outcome, compare, stay_on_one_core, table};
use ch01_raw_tcp::{ClientOptions, Limits, Model, OrderBook, OrderDispatcher, Orders, RemoteOrders};
use clap::Parser;

/// Rung 1: a call over raw TCP, beside a local call and a bare exchange of the same bytes.
#[derive(Parser)]
struct Args {
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Milliseconds that each contestant works in a round
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
    round: u64,
}

const REQUEST: &[u8] = b"say_hello world\n";
const REPLY: &[u8] = b"ok Hello world\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    stay_on_one_core();
    let round = Duration::from_millis(args.round);
    // A polling server wakes every millisecond even when nobody calls, so it runs in a contest of its own.
    let quiet: Vec<Model> = Model::ALL.iter().copied().filter(|&model| model != Model::Polling).collect();
    let mut outcomes = contest(&quiet, round)?;
    let polling =
        contest(&[Model::Polling], round)?.into_iter().find(|one| one.name == Model::Polling.name());
    outcomes.extend(polling);
    if args.json {
        println!("{}", serde_json::to_string_pretty(&outcomes)?);
    } else {
        print!("{}", table(&outcomes));
    }
    Ok(())
}

fn contest(models: &[Model], round: Duration) -> io::Result<Vec<Outcome>> {
    // The floor: the same bytes, both ways, by two threads that do nothing else. No server can beat it.
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut bare = TcpStream::connect(listener.local_addr()?)?;
    let (mut peer, _) = listener.accept()?;
    for stream in [&bare, &peer] {
        stream.set_nodelay(true)?;
    }
    std::thread::spawn(move || {
        let mut request = [0; REQUEST.len()];
        while peer.read_exact(&mut request).is_ok() && peer.write_all(REPLY).is_ok() {}
    });

    let near = OrderBook::default();
    let servers: Vec<_> = models
        .iter()
        .map(|model| {
            let service = Arc::new(OrderDispatcher::<OrderBook>::default());
            let server = model.start(TcpListener::bind("127.0.0.1:0")?, service, Limits::default())?;
            let stub = RemoteOrders::new(server.address(), ClientOptions::default());
            Ok((model.name(), server, stub))
        })
        .collect::<io::Result<_>>()?;

    let mut contestants = vec![
        Contestant {
            name: "bare exchange of the same bytes",
            work: Box::new(|| {
                let mut reply = [0; REPLY.len()];
                bare.write_all(REQUEST).expect("the peer lives as long as this contest");
                bare.read_exact(&mut reply).expect("as above");
            }),
        },
        Contestant {
            name: "local call",
            work: Box::new(|| {
                let _ = black_box(near.say_hello(black_box("world")));
            }),
        },
    ];
    for (name, _, stub) in &servers {
        contestants.push(Contestant {
            name,
            work: Box::new(|| {
                black_box(stub.say_hello(black_box("world"))).expect("the server answers");
            }),
        });
    }
    if let Some((_, server, _)) = servers.iter().find(|(name, ..)| *name == Model::ThreadPerConnection.name())
    {
        let address = server.address();
        contestants.push(Contestant {
            name: "a connection per call",
            work: Box::new(move || {
                let stub = RemoteOrders::new(address, ClientOptions::default());
                black_box(stub.say_hello(black_box("world"))).expect("the server answers");
            }),
        });
    }
    Ok(compare(contestants, round))
}
