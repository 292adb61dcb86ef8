//! The Wireshark dissector against the crate: for the same bytes both must show the same fields, the same
//! faults and the same names. The captures are made here, byte by byte, so that their segments are cut as a
//! test wants them. Without `tshark` these tests print why they are skipped.

mod capture;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use capture::{Capture, Fields, Shown, Side, lua, pdml, tshark_is_there};
use ch01_raw_tcp::Outcome;
use ch02_protocol::dissect::{Dissection, Field};
use ch02_protocol::extension::number;
use ch02_protocol::{Extensions, Frame, FrameDecoder, FrameLimits, Kind, Status};

/// Tells the dissector where the protocol is spoken: a segment of one byte is no sign of it.
const ON_OUR_PORT: [&str; 2] = ["-o", "yrpc.ports:4000"];

/// The frames as the crate sees them.
fn expected(bytes: &[u8]) -> Vec<Fields> {
    let field = |field: Field| (field.name.replace(' ', "_"), field.bytes, field.fault);
    Dissection::of(bytes).frames.into_iter().map(|frame| frame.into_iter().map(field).collect()).collect()
}

fn sound_frames() -> Vec<Vec<u8>> {
    let lines = include_str!("vectors/frames.txt").lines().filter(|line| !line.contains("refused: "));
    lines.filter_map(hex_of_vector).collect()
}

fn hex_of_vector(line: &str) -> Option<Vec<u8>> {
    let hex: String = line.split('|').nth(1).filter(|_| !line.starts_with('#'))?.split_whitespace().collect();
    Some(capture::from_hex(&hex))
}

#[test]
fn every_golden_frame_and_every_refusal_is_shown_as_the_crate_shows_it() {
    if !tshark_is_there() {
        return;
    }
    let vectors: Vec<Vec<u8>> =
        include_str!("vectors/frames.txt").lines().filter_map(hex_of_vector).collect();
    assert_eq!(vectors.len(), 36);
    let mut capture = Capture::new();
    for bytes in &vectors {
        let mut stream = capture.connect();
        capture.send(&mut stream, Side::Client, bytes);
    }
    let shown = pdml(&capture, &ON_OUR_PORT);
    assert_eq!(shown.len(), vectors.len(), "one frame a stream");
    for (bytes, shown) in vectors.iter().zip(&shown) {
        let told = ch02_protocol::dissect(bytes);
        assert_eq!(shown.compared(), expected(bytes)[0], "\n{told}");
        let mut decoder = FrameDecoder::new(FrameLimits::default());
        decoder.feed(bytes);
        let frame = decoder.next_frame();
        assert_eq!(shown.has("yrpc.fault"), frame.is_err(), "\n{told}");
        let Ok(Some(frame)) = frame else { continue };
        assert_eq!(shown.show("yrpc.request_id"), frame.request_id.to_string());
        assert_eq!(
            shown.show_name("yrpc.kind"),
            format!("kind: {} ({})", frame.kind.name(), frame.kind as u8)
        );
        if let Some(left) = frame.extensions.deadline() {
            assert_eq!(shown.show("yrpc.ext.deadline"), left.as_micros().to_string());
        }
        if let Some(tag) = frame.extensions.tag() {
            assert_eq!(shown.show("yrpc.ext.tag"), tag);
        }
        let unknown = frame.extensions.unknown_critical(&ch02_protocol::extension::number::KNOWN);
        assert_eq!(shown.has("yrpc.unknown_critical"), unknown.is_some(), "\n{told}");
    }
}

#[test]
fn every_cut_into_segments_shows_the_same_frames() {
    if !tshark_is_there() {
        return;
    }
    let stream = sound_frames().concat();
    let sizes = [1, 2, 7, 23, 24, 25, 100, 300, stream.len()];
    let mut capture = Capture::new();
    let ports: Vec<u16> = sizes
        .iter()
        .map(|&size| {
            let mut connection = capture.connect();
            for piece in stream.chunks(size) {
                capture.send(&mut connection, Side::Client, piece);
            }
            connection.port
        })
        .collect();
    let shown = pdml(&capture, &ON_OUR_PORT);
    for (size, port) in sizes.iter().zip(ports) {
        let frames: Vec<_> = shown.iter().filter(|shown| shown.from == port).map(Shown::compared).collect();
        assert_eq!(frames, expected(&stream), "segments of {size} bytes");
    }
}

#[test]
fn what_comes_after_a_fault_is_not_taken_for_frames() {
    if !tshark_is_there() {
        return;
    }
    let good = Frame::new(Kind::Request, 1, "one").to_bytes().unwrap();
    let mut bad = Frame::new(Kind::Request, 2, "two").to_bytes().unwrap();
    bad[5] = 9;
    let mut capture = Capture::new();
    let mut connection = capture.connect();
    let first = [&good[..], &bad, &good].concat();
    capture.send(&mut connection, Side::Client, &first);
    capture.send(&mut connection, Side::Client, &good);
    // The other direction is none the worse for it.
    let reply = Frame::goaway(1, Status::BAD_FRAME, "kind 9").to_bytes().unwrap();
    capture.send(&mut connection, Side::Server, &reply);
    let shown = pdml(&capture, &ON_OUR_PORT);
    let of = |port| shown.iter().filter(move |shown| shown.from == port).collect::<Vec<_>>();
    let (client, server) = (of(connection.port), of(capture::PORT));
    let compared: Vec<_> = client[..2].iter().map(|shown| shown.compared()).collect();
    assert_eq!(compared, expected(&first));
    assert!(client[2].has("yrpc.after_fault") && client.len() == 3, "the decoder says no more, either");
    assert_eq!(client[2].compared(), [("rest".to_owned(), good, None)]);
    assert_eq!(server.len(), 1);
    assert_eq!(server[0].compared(), expected(&reply)[0]);
}

#[test]
fn a_reply_and_its_request_know_each_other() {
    if !tshark_is_there() {
        return;
    }
    let mut capture = Capture::new();
    let mut connection = capture.connect();
    let mut send = |side, frame: Frame| {
        capture.send(&mut connection, side, &frame.to_bytes().unwrap());
        capture.packets
    };
    let first = send(Side::Client, Frame::new(Kind::Request, 1, "slow"));
    let second = send(Side::Client, Frame::new(Kind::Request, 2, "fast"));
    // Somebody else's id 2 on the way back is another thing.
    let theirs = send(Side::Server, Frame::new(Kind::Heartbeat, 2, ""));
    let second_reply = send(Side::Server, Frame::response(2, Status::OK, "fast"));
    let cancel = send(Side::Client, Frame::new(Kind::Cancel, 1, ""));
    let answer = send(Side::Client, Frame::response(2, Status::OK, ""));
    let first_reply = send(Side::Server, Frame::response(1, Status::OK, "slow"));
    let again = send(Side::Server, Frame::response(1, Status::OK, "slow"));
    let shown = pdml(&capture, &["-2"]);
    let at = |packet| shown.iter().find(|shown| shown.packet == packet).unwrap();
    for (request, reply) in [(first, first_reply), (second, second_reply), (theirs, answer)] {
        assert_eq!(at(request).show("yrpc.response_in"), reply.to_string());
        assert_eq!(at(reply).show("yrpc.response_to"), request.to_string());
        // Packets are a millisecond apart.
        let time: f64 = at(reply).show("yrpc.time").parse().unwrap();
        assert_eq!((time * 1000.0).round() as u64, reply - request);
    }
    assert_eq!(at(cancel).show("yrpc.cancels"), first.to_string());
    assert!(at(again).has("yrpc.no_request"), "an id is answered once");
}

#[test]
fn every_status_has_its_name_and_its_class() {
    if !tshark_is_there() {
        return;
    }
    let mut capture = Capture::new();
    let mut connection = capture.connect();
    let all: Vec<Status> = (0..=410).chain([999, u16::MAX]).map(Status).collect();
    for (&status, id) in all.iter().zip(1..) {
        let bytes = Frame::response(id, status, "").to_bytes().unwrap();
        capture.send(&mut connection, Side::Server, &bytes);
    }
    let shown = pdml(&capture, &[]);
    assert_eq!(shown.len(), all.len());
    for (status, shown) in all.iter().zip(&shown) {
        let name = status.name().unwrap_or("Unknown");
        assert_eq!(shown.show_name("yrpc.status"), format!("status: {name} ({})", status.0));
        let class = match status.outcome() {
            None => "ok",
            Some(Outcome::NeverRan) => "never ran",
            Some(Outcome::MayHaveRun) => "may have run",
            Some(Outcome::RanAndFailed) => "ran and failed",
        };
        assert_eq!(shown.show("yrpc.status.class"), class, "{status}");
    }
}

#[test]
fn the_names_of_a_call_can_be_filtered_by() {
    if !tshark_is_there() {
        return;
    }
    let call = |service: &[u8], method: &[u8]| {
        let extensions = Extensions::none()
            .with(number::SERVICE, true, service)
            .with(number::METHOD, true, method)
            .with(number::METADATA, false, b"\x05token\x00\x06s3cret");
        Frame::new(Kind::Request, 1, "").with_extensions(extensions).to_bytes().unwrap()
    };
    let frames = [call(b"blue/shop.OrderService:1.0", b"get_order"), call(b"A", b"say_hello")];
    let mut capture = Capture::new();
    for frame in &frames {
        let mut connection = capture.connect();
        capture.send(&mut connection, Side::Client, frame);
    }
    let shown = pdml(&capture, &[]);
    for (frame, shown) in frames.iter().zip(&shown) {
        assert_eq!(shown.compared(), expected(frame)[0]);
        assert!(!shown.has("yrpc.unknown_critical"), "it knows them by name");
    }
    assert_eq!(shown[0].show("yrpc.ext.service"), "blue/shop.OrderService:1.0");
    assert_eq!(shown[0].show("yrpc.ext.method"), "get_order");
    assert_eq!(shown[0].show("yrpc.ext.metadata"), "05:74:6f:6b:65:6e:00:06:73:33:63:72:65:74");
    let filtered = pdml(&capture, &["-Y", "yrpc.ext.method == \"say_hello\""]);
    assert_eq!(filtered.len(), 1);
    assert_eq!(filtered[0].show("yrpc.ext.service"), "A");
}

#[test]
fn it_finds_the_protocol_on_any_port_and_leaves_others_alone() {
    if !tshark_is_there() {
        return;
    }
    let frame = Frame::new(Kind::Request, 1, "hi")
        .with_extensions(Extensions::none().with_deadline(Duration::from_secs(1)))
        .to_bytes()
        .unwrap();
    let mut capture = Capture::new();
    let mut ours = capture.connect();
    capture.send(&mut ours, Side::Client, &frame[..30]);
    capture.send(&mut ours, Side::Client, &frame[30..]);
    let mut others = capture.connect();
    capture.send(&mut others, Side::Client, b"GET / HTTP/1.1\r\n\r\n");
    capture.send(&mut others, Side::Server, b"yrpc is a word like any other");
    // A version that is not ours yet is not nobody's.
    let mut tomorrow = capture.connect();
    capture.send(&mut tomorrow, Side::Client, b"yrpc\x02");
    let shown = pdml(&capture, &[]);
    assert_eq!(shown.len(), 2);
    assert_eq!((shown[0].from, shown[0].compared()), (ours.port, expected(&frame).remove(0)));
    // The packet in which it became complete is the one that shows it.
    assert_eq!(shown[0].packet, 5);
    assert_eq!((shown[1].from, shown[1].compared()), (tomorrow.port, expected(b"yrpc\x02").remove(0)));
}

/// The capture that the book and the README open.
#[test]
fn the_sample_is_shown_completely() {
    if !tshark_is_there() {
        return;
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("wireshark/call.pcapng");
    let shown = capture::pdml_of(&sample, &["-2"]);
    assert!(shown.len() > 4, "{} frames", shown.len());
    let kinds: Vec<String> = shown.iter().map(|shown| shown.show("yrpc.kind")).collect();
    for kind in [Kind::Request, Kind::Response, Kind::Heartbeat] {
        assert!(kinds.contains(&(kind as u8).to_string()), "no {kind} in {kinds:?}");
    }
    for shown in &shown {
        for wrong in ["yrpc.fault", "yrpc.after_fault", "yrpc.cut", "yrpc.no_request"] {
            assert!(!shown.has(wrong), "{wrong} in packet {}", shown.packet);
        }
    }
}

/// Everything that stands between: real sockets, a real capture. Skipped where one may not capture.
#[test]
fn a_live_conversation_is_shown() {
    /// How often we talk until somebody listens: capturing begins some time after tshark does.
    const TRIES: usize = 100;
    if !tshark_is_there() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let loopback = if cfg!(target_os = "linux") { "lo" } else { "lo0" };
    // Segments that begin with the magic number; tshark ends by itself when it has four of them.
    let only = format!("tcp port {port} and tcp[((tcp[12] & 0xf0) >> 2):4] = 0x79727063");
    let mut tshark = Command::new("tshark")
        .args(["-i", loopback, "-f", &only, "-c", "4", "-l", "-T", "fields", "-Y", "yrpc"])
        .args(["-e", "tcp.srcport", "-e", "yrpc.kind", "-e", "yrpc.request_id", "-e", "yrpc.text", "-X"])
        .arg(lua())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = mpsc::channel();
    let stdout = BufReader::new(tshark.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        // The channel closes when tshark has ended.
        stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        converse(&listener);
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => seen.push(line),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let _ = tshark.kill(); // has ended, unless nothing could be seen
    let status = tshark.wait().unwrap();
    let _ = reader.join();
    seen.extend(lines.try_iter());
    if seen.is_empty() {
        let mut reason = String::new();
        let _ = tshark.stderr.take().unwrap().read_to_string(&mut reason);
        println!("skipped: tshark could not capture on {loopback} ({status}): {}", reason.trim());
        return;
    }
    for line in seen {
        let words: Vec<&str> = line.split('\t').collect();
        let expected = if words[0] == port.to_string() { ["2", "7", "yes"] } else { ["1", "7", "there?"] };
        assert_eq!(words[1..], expected, "{line}");
    }
}

/// One request and one reply over a connection of their own.
fn converse(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    let request = Frame::new(Kind::Request, 7, "there?").to_bytes().unwrap();
    let reply = Frame::response(7, Status::OK, "yes").to_bytes().unwrap();
    client.write_all(&request).unwrap();
    server.read_exact(&mut vec![0; request.len()]).unwrap();
    server.write_all(&reply).unwrap();
    client.read_exact(&mut vec![0; reply.len()]).unwrap();
}
