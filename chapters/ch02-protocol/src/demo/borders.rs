//! Act 2: where a message ends, however it is cut. [T-04]

use std::io::Write;
use std::net::{TcpListener, TcpStream};

use ch02_protocol::{Frame, FrameDecoder, FrameLimits, Kind};
use demo_kit::Failure;
use serde_json::{Value, json};

/// Both bodies hold what would have been a border: a `\n`, and our own magic number.
const BODIES: [&str; 2] = ["place_order 2 a poem:\nroses are red", "yrpc, said the body"];

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let frames: Vec<Vec<u8>> = (1..)
        .zip(BODIES)
        .map(|(id, body)| Frame::new(Kind::Request, id, body).to_bytes())
        .collect::<Result<_, _>>()?;
    let stream = frames.concat();
    let both = receive(&[&stream[..]])?;
    writeln!(out, "  Two frames in one write of {} bytes:", stream.len())?;
    tell(out, &both)?;
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    let single = receive(&bytes)?;
    writeln!(out, "\n  The same, a byte each write:")?;
    tell(out, &single)?;
    writeln!(out, "\n  The border is a number in the header. Nothing in a body is searched for it.")?;
    Ok(json!({ "bytes": stream.len(), "one_write": both.bodies, "byte_by_byte": single.bodies }))
}

struct Received {
    reads: usize,
    bodies: Vec<String>,
}

/// Writes each piece into a socket of its own write, and cuts what comes out at the other end.
fn receive(pieces: &[&[u8]]) -> Result<Received, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    client.set_nodelay(true)?;
    let (mut server, _) = listener.accept()?;
    // The decoder looks after every piece, so that we see it wait.
    let mut received = Received { reads: 0, bodies: Vec::new() };
    let mut decoder = FrameDecoder::new(FrameLimits::default());
    for piece in pieces {
        client.write_all(piece)?;
        let before = decoder.unfinished();
        while decoder.unfinished() < before + piece.len() {
            decoder.read_from(&mut server)?;
            received.reads += 1;
        }
        while let Some(frame) = decoder.next_frame()? {
            received.bodies.push(String::from_utf8_lossy(&frame.body).into_owned());
        }
    }
    Ok(received)
}

fn tell(out: &mut dyn Write, received: &Received) -> Result<(), Failure> {
    writeln!(out, "    reads: {}", received.reads)?;
    for body in &received.bodies {
        writeln!(out, "    frame: {body:?}")?;
    }
    Ok(())
}
