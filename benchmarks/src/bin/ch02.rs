//! Rung 2 of the cost ladder: what cutting a stream into frames costs, beside the codec that a professional
//! would use; and what a call in frames costs, beside a call in lines.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use benchmarks::{Contestant, Outcome, compare, stay_on_one_core, table};
use bytes::BytesMut;
use ch01_raw_tcp::{
    ClientOptions as LineOptions, Limits, Model, OrderBook, OrderDispatcher, Orders, RemoteOrders,
};
use ch02_protocol::{
    ClientOptions, Frame, FrameDecoder, FrameLimits, FrameOrders, FrameServer, HEADER_LEN, Kind, Lines,
    ServerOptions,
};
use clap::Parser;
use serde_json::json;
use tokio_util::codec::{Decoder, LengthDelimitedCodec};

/// Rung 2: cutting a stream into frames, and a call in frames.
#[derive(Parser)]
struct Args {
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Milliseconds that each contestant works in a round
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
    round: u64,
}

/// A stream of 4 MiB: 65,536 small frames, 64 large ones, or 4 very large ones.
const STREAM: usize = 4 << 20;
/// What one read brings, for both decoders: some 64 KB, and a number that no frame's length divides, so that
/// frames end in the middle of a piece.
const PIECE: usize = 60_013;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    stay_on_one_core();
    let round = Duration::from_millis(args.round);
    let decoding: Vec<_> = [64, 64 << 10, 1 << 20].map(|length| (length, decode(length, round))).into();
    let calls = calls(round)?;
    if args.json {
        let decoding: Vec<_> = decoding
            .iter()
            .map(|(length, outcomes)| json!({ "frame_bytes": length, "outcomes": outcomes }))
            .collect();
        println!("{}", serde_json::to_string_pretty(&json!({ "decoding": decoding, "calls": calls }))?);
        return Ok(());
    }
    for (length, outcomes) in &decoding {
        print_decoding(*length, outcomes);
    }
    println!("A call, on one core");
    print!("{}", table(&calls));
    Ok(())
}

/// Frames of `length` bytes, header and all. Each piece of work is the whole stream.
fn decode(length: usize, round: Duration) -> Vec<Outcome> {
    let frame = Frame::new(Kind::Request, 7, vec![b'x'; length - HEADER_LEN]);
    let stream = frame.to_bytes().expect("it is within the limits").repeat(STREAM / length);
    let frames = stream.len() / length;
    let mut copied = vec![0; PIECE];
    compare(
        vec![
            Contestant {
                name: "LengthDelimitedCodec",
                work: Box::new(|| {
                    // The same bytes: a length of four bytes at byte 20, which counts the body, and a header
                    // that is left out of what is handed out.
                    let mut codec = LengthDelimitedCodec::builder()
                        .length_field_offset(20)
                        .length_field_length(4)
                        .length_adjustment(0)
                        .num_skip(HEADER_LEN)
                        .new_codec();
                    let (mut buffer, mut seen) = (BytesMut::new(), 0);
                    for piece in stream.chunks(PIECE) {
                        buffer.extend_from_slice(piece);
                        while let Ok(Some(body)) = codec.decode(&mut buffer) {
                            black_box(&body);
                            seen += 1;
                        }
                    }
                    assert_eq!(seen, frames);
                }),
            },
            Contestant {
                name: "FrameDecoder",
                work: Box::new(|| {
                    let (mut decoder, mut seen) = (FrameDecoder::new(FrameLimits::default()), 0);
                    for piece in stream.chunks(PIECE) {
                        decoder.feed(piece);
                        while let Ok(Some(frame)) = decoder.next_frame() {
                            black_box(&frame);
                            seen += 1;
                        }
                    }
                    assert_eq!(seen, frames);
                }),
            },
            Contestant {
                name: "copying the bytes, no more",
                work: Box::new(|| {
                    for piece in stream.chunks(PIECE) {
                        copied[..piece.len()].copy_from_slice(black_box(piece));
                        black_box(&copied);
                    }
                }),
            },
        ],
        round,
    )
}

fn print_decoding(length: usize, outcomes: &[Outcome]) {
    let frames = (STREAM / length) as f64;
    println!("Cutting {} frames of {length} bytes out of pieces of {PIECE}", STREAM / length);
    println!("{:<28}{:>14}{:>10}{:>26}", "", "ns a frame", "GB/s", "× LengthDelimitedCodec");
    for one in outcomes {
        let per_second = STREAM as f64 / one.median_ns;
        println!(
            "{:<28}{:>14.1}{per_second:>10.2}{:>26.2}",
            one.name,
            one.median_ns / frames,
            one.times_the_first
        );
    }
    println!();
}

fn calls(round: Duration) -> io::Result<Vec<Outcome>> {
    let listener = || TcpListener::bind("127.0.0.1:0");
    let service = OrderDispatcher::<OrderBook>::default;
    let lines = Model::ThreadPerConnection.start(listener()?, Arc::new(service()), Limits::default())?;
    let frames = FrameServer::start(listener()?, Arc::new(Lines(service())), ServerOptions::default())?;
    let line_stub = RemoteOrders::new(lines.address(), LineOptions::default());
    let frame_stub = FrameOrders::new(frames.address(), ClientOptions::default());
    Ok(compare(
        vec![
            Contestant {
                name: "in a line (chapter 1)",
                work: Box::new(|| {
                    black_box(line_stub.say_hello(black_box("world"))).expect("the server answers");
                }),
            },
            Contestant {
                name: "in a frame",
                work: Box::new(|| {
                    black_box(frame_stub.say_hello(black_box("world"))).expect("the server answers");
                }),
            },
        ],
        round,
    ))
}
