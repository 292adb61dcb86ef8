//! Rung 3 of the cost ladder: what it costs to turn a value into bytes and back, in six formats; what the seam
//! adds to that; and what compression takes and gives.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::io::Write;
use std::time::Duration;

use benchmarks::{Contestant, Outcome, compare, stay_on_one_core};
use ch03_codec::compress::{Compressor, Deflate, Gzip, Zlib};
use ch03_codec::{CodecTable, Limits, hessian, protobuf, shapes, tagged};
use clap::Parser;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use prost::Message;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Rung 3: values to bytes and back.
#[derive(Parser)]
struct Args {
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Milliseconds that each contestant works in a round
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1000))]
    round: u64,
}

/// One format, one shape: how long it is, and how long it takes.
#[derive(Debug, Serialize)]
struct Row {
    format: String,
    bytes: usize,
    encode: Outcome,
    decode: Outcome,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    stay_on_one_core();
    let round = Duration::from_millis(args.round);
    let order = shapes::order();
    let orders = shapes::orders(100);
    let pb_orders = protobuf::Orders { orders: orders.iter().map(Into::into).collect() };
    let noise = shapes::random_bytes();
    let shapes = [
        ("a small call", shape(&shapes::small_call(), &protobuf::GetOrder { id: 42 }, round)),
        ("an order", shape(&order, &protobuf::Order::from(&order), round)),
        ("a list of 100 orders", shape(&orders, &pb_orders, round)),
        ("a text of 4,000 bytes", shape(&shapes::text(), &protobuf::Text { text: shapes::text() }, round)),
        ("1,000 random bytes", shape(&noise, &protobuf::Blob { bytes: noise.to_vec() }, round)),
    ];
    let seam = through_the_seam(&order, round);
    let compression = compression(round);
    if args.json {
        let shapes: Vec<_> =
            shapes.iter().map(|(shape, rows)| json!({ "shape": shape, "rows": rows })).collect();
        let all = json!({ "shapes": shapes, "through_the_seam": seam, "compression": compression });
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    for (shape, rows) in &shapes {
        print(shape, rows);
    }
    print("an order, through `dyn Codec`, with all limits", &seam);
    print_compression(&compression);
    Ok(())
}

/// Makes bytes.
type ToBytes<'a> = Box<dyn Fn() -> Vec<u8> + 'a>;
/// Takes bytes.
type FromBytes<'a> = Box<dyn Fn(&[u8]) + 'a>;

/// A format that can be measured, with one value.
struct Format<'a> {
    name: &'static str,
    encode: ToBytes<'a>,
    decode: FromBytes<'a>,
}

/// What must not be optimised away.
fn keep<T>(value: T) {
    black_box(value);
}

/// The formats, each called directly: generic code, compiled for this type, as a program with one format has
/// it. The first is what the others are compared with.
fn direct<T: Serialize + DeserializeOwned>(value: &T) -> Vec<Format<'_>> {
    use bincode::serde::{decode_from_slice, encode_to_vec};
    let config = bincode::config::standard();
    let limits = Limits::default();
    vec![
        Format {
            name: "bincode",
            encode: Box::new(move || encode_to_vec(black_box(value), config).unwrap()),
            decode: Box::new(move |bytes| keep(decode_from_slice::<T, _>(bytes, config).unwrap())),
        },
        Format {
            name: "postcard",
            encode: Box::new(|| postcard::to_stdvec(black_box(value)).unwrap()),
            decode: Box::new(|bytes| keep(postcard::from_bytes::<T>(bytes).unwrap())),
        },
        Format {
            name: "tagged",
            encode: Box::new(|| tagged::to_vec(black_box(value)).unwrap()),
            decode: Box::new(move |bytes| keep(tagged::from_slice::<T>(bytes, &limits).unwrap())),
        },
        Format {
            name: "hessian2",
            encode: Box::new(|| hessian::to_vec(black_box(value)).unwrap()),
            decode: Box::new(move |bytes| keep(hessian::from_slice::<T>(bytes, &limits).unwrap())),
        },
        Format {
            name: "json",
            encode: Box::new(|| serde_json::to_vec(black_box(value)).unwrap()),
            decode: Box::new(|bytes| keep(serde_json::from_slice::<T>(bytes).unwrap())),
        },
    ]
}

/// One shape in the five formats that serde knows, and in Protobuf, which has types of its own.
fn shape<T, P>(value: &T, message: &P, round: Duration) -> Vec<Row>
where
    T: Serialize + DeserializeOwned,
    P: Message + Default,
{
    let mut formats = direct(value);
    formats.push(Format {
        name: "protobuf (prost)",
        encode: Box::new(|| black_box(message).encode_to_vec()),
        decode: Box::new(|bytes| keep(P::decode(bytes).unwrap())),
    });
    measure(&formats, round)
}

/// The same formats as a table of trait objects gives them, with all limits.
fn through_the_seam<T: Serialize + DeserializeOwned>(value: &T, round: Duration) -> Vec<Row> {
    let (table, limits) = (CodecTable::default(), Limits::default());
    let formats: Vec<Format<'_>> = ["bincode", "postcard", "tagged", "hessian2", "json"]
        .iter()
        .map(|name| {
            let codec = &**table.by_name(name).expect("the table has all five");
            Format {
                name: codec.name(),
                encode: Box::new(move || codec.to_vec(black_box(value)).unwrap()),
                decode: Box::new(move |bytes| keep(codec.from_slice::<T>(bytes, &limits).unwrap())),
            }
        })
        .collect();
    measure(&formats, round)
}

fn measure(formats: &[Format<'_>], round: Duration) -> Vec<Row> {
    let bytes: Vec<Vec<u8>> = formats.iter().map(|format| (format.encode)()).collect();
    let encode = formats
        .iter()
        .map(|format| Contestant { name: format.name, work: Box::new(|| keep((format.encode)())) });
    let decode = formats.iter().zip(&bytes).map(|(format, bytes)| Contestant {
        name: format.name,
        work: Box::new(|| (format.decode)(black_box(bytes))),
    });
    let (encode, decode) = (compare(encode.collect(), round), compare(decode.collect(), round));
    let rows = encode.into_iter().zip(decode).zip(&bytes);
    rows.map(|((encode, decode), bytes)| Row {
        format: encode.name.clone(),
        bytes: bytes.len(),
        encode,
        decode,
    })
    .collect()
}

/// What a compressor makes of a body.
#[derive(Debug, Serialize)]
struct Packing {
    body: &'static str,
    raw: usize,
    compressor: String,
    packed: usize,
    pack: Outcome,
    unpack: Outcome,
}

fn compression(round: Duration) -> Vec<Packing> {
    let orders = shapes::orders(100);
    let bodies = [
        ("100 orders, json", serde_json::to_vec(&orders).expect("it is encodable")),
        ("100 orders, tagged", tagged::to_vec(&orders).expect("it is encodable")),
        ("one order, json", serde_json::to_vec(&orders[0]).expect("it is encodable")),
        ("1,000 random bytes", shapes::random_bytes().into_vec()),
    ];
    let mut rows = Vec::new();
    for (name, body) in &bodies {
        let level_6 = || {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
            encoder.write_all(black_box(body)).and_then(|()| encoder.finish()).unwrap()
        };
        let contestants: [(&str, ToBytes<'_>, &dyn Compressor); 4] = [
            ("deflate", Box::new(|| Deflate.compress(black_box(body))), &Deflate),
            ("zlib", Box::new(|| Zlib.compress(black_box(body))), &Zlib),
            ("gzip", Box::new(|| Gzip.compress(black_box(body))), &Gzip),
            ("deflate, level 6", Box::new(level_6), &Deflate),
        ];
        let packed: Vec<Vec<u8>> = contestants.iter().map(|(_, pack, _)| pack()).collect();
        let pack =
            contestants.iter().map(|(name, pack, _)| Contestant { name, work: Box::new(|| keep(pack())) });
        let unpack = contestants.iter().zip(&packed).map(|((name, _, compressor), packed)| Contestant {
            name,
            work: Box::new(|| keep(compressor.decompress(black_box(packed), 1 << 20).unwrap())),
        });
        let (pack, unpack) = (compare(pack.collect(), round), compare(unpack.collect(), round));
        for ((pack, unpack), packed) in pack.into_iter().zip(unpack).zip(&packed) {
            let (compressor, packed) = (pack.name.clone(), packed.len());
            rows.push(Packing { body: name, raw: body.len(), compressor, packed, pack, unpack });
        }
    }
    rows
}

fn print(shape: &str, rows: &[Row]) {
    println!(
        "{:<24}{:>8}{:>14}{:>11}{:>14}{:>11}",
        "", "bytes", "encode ns", "× bincode", "decode ns", "× bincode"
    );
    println!("{shape}");
    for Row { format, bytes, encode, decode } in rows {
        println!(
            "  {format:<22}{bytes:>8}{:>14.0}{:>11.2}{:>14.0}{:>11.2}",
            encode.median_ns, encode.times_the_first, decode.median_ns, decode.times_the_first
        );
    }
    println!();
}

fn print_compression(rows: &[Packing]) {
    println!("{:<24}{:>8}{:>8}{:>8}{:>14}{:>14}", "", "raw", "packed", "%", "pack ns", "unpack ns");
    let mut last = "";
    for row in rows {
        if row.body != last {
            println!("{}", row.body);
            last = row.body;
        }
        let percent = 100.0 * row.packed as f64 / row.raw as f64;
        println!(
            "  {:<22}{:>8}{:>8}{percent:>8.0}{:>14.0}{:>14.0}",
            row.compressor, row.raw, row.packed, row.pack.median_ns, row.unpack.median_ns
        );
    }
}
