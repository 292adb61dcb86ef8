//! Capture files made by hand, and what tshark says about them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The port of every server in our captures.
pub const PORT: u16 = 4000;

/// Who sends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who has connected.
    Client,
    /// Who has port 4000.
    Server,
}

/// A connection in a capture.
pub struct Connection {
    /// The client's port.
    pub port: u16,
    /// The next sequence number of the client and of the server.
    next: [u32; 2],
}

/// A file in the classic format of tcpdump: packets of raw IPv4, a millisecond apart.
pub struct Capture {
    bytes: Vec<u8>,
    /// How many packets it has. Wireshark counts from 1, so this is also the number of the last one.
    pub packets: u64,
    connections: u16,
}

impl Capture {
    /// An empty file.
    pub fn new() -> Self {
        const RAW_IP: u32 = 101;
        let mut bytes = Vec::new();
        bytes.extend(0xA1B2_C3D4_u32.to_le_bytes()); // times are in microseconds
        bytes.extend([2, 0, 4, 0]); // version 2.4
        bytes.extend([0; 8]);
        bytes.extend(65_535_u32.to_le_bytes()); // longest packet
        bytes.extend(RAW_IP.to_le_bytes());
        Self { bytes, packets: 0, connections: 0 }
    }

    /// A new connection: its handshake.
    pub fn connect(&mut self) -> Connection {
        const SYN: u8 = 0x02;
        const ACK: u8 = 0x10;
        self.connections += 1;
        let mut connection = Connection { port: 50_000 + self.connections, next: [0; 2] };
        self.packet(&connection, Side::Client, SYN, b"");
        connection.next[0] = 1;
        self.packet(&connection, Side::Server, SYN | ACK, b"");
        connection.next[1] = 1;
        self.packet(&connection, Side::Client, ACK, b"");
        connection
    }

    /// One segment with `payload`, whatever its borders are.
    pub fn send(&mut self, connection: &mut Connection, side: Side, payload: &[u8]) {
        const PSH_ACK: u8 = 0x18;
        self.packet(connection, side, PSH_ACK, payload);
        connection.next[side as usize] += payload.len() as u32;
    }

    fn packet(&mut self, connection: &Connection, side: Side, flags: u8, payload: &[u8]) {
        let mut ports = [connection.port, PORT];
        let mut numbers = connection.next;
        if side == Side::Server {
            ports.reverse();
            numbers.reverse();
        }
        let mut tcp = Vec::new();
        tcp.extend(ports.iter().flat_map(|port| port.to_be_bytes()));
        tcp.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
        tcp.extend([0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]); // 20 bytes of header, a full window, no checksum
        tcp.extend(payload);
        let length = 20 + tcp.len() as u16;
        let mut ip = vec![0x45, 0];
        ip.extend(length.to_be_bytes());
        ip.extend([0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]); // TCP from loopback to loopback
        let micros = self.packets as u32 * 1000;
        self.packets += 1;
        for number in [1_000_000_000 + micros / 1_000_000, micros % 1_000_000, length.into(), length.into()] {
            self.bytes.extend(number.to_le_bytes());
        }
        self.bytes.extend(ip);
        self.bytes.extend(tcp);
    }
}

/// The fields of one frame: name, bytes, and why a decoder would refuse it.
pub type Fields = Vec<(String, Vec<u8>, Option<String>)>;

/// One frame, or what is left of one, as tshark shows it.
pub struct Shown {
    /// The number of the packet.
    pub packet: u64,
    /// The port that it came from.
    pub from: u16,
    items: Vec<Item>,
}

/// One line of the tree.
struct Item {
    name: String,
    show: String,
    show_name: String,
    value: Vec<u8>,
}

impl Shown {
    /// The fields that the crate has too, with their bytes and their faults.
    pub fn compared(&self) -> Fields {
        let mut fields = Fields::new();
        for item in &self.items {
            match item.name.strip_prefix("yrpc.") {
                Some(
                    name @ ("magic" | "version" | "kind" | "codec" | "compressor" | "header_length"
                    | "status" | "request_id" | "body_length" | "extension" | "body" | "rest"),
                ) => fields.push((name.to_owned(), item.value.clone(), None)),
                Some("fault") => {
                    fields.last_mut().expect("a fault of a field").2 = Some(item.show_name.clone())
                }
                _ => {}
            }
        }
        fields
    }

    /// Whether there is a line of this name.
    pub fn has(&self, name: &str) -> bool {
        self.items.iter().any(|item| item.name == name)
    }

    fn item(&self, name: &str) -> &Item {
        let found = self.items.iter().find(|item| item.name == name);
        found.unwrap_or_else(|| panic!("packet {} shows no {name}", self.packet))
    }

    /// The value that a filter would compare with.
    pub fn show(&self, name: &str) -> String {
        self.item(name).show.clone()
    }

    /// The line as a person sees it.
    pub fn show_name(&self, name: &str) -> String {
        self.item(name).show_name.clone()
    }
}

/// Whether tshark can be started; prints that the test is skipped if not.
pub fn tshark_is_there() -> bool {
    match Command::new("tshark").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(_) => true,
        Err(error) => {
            println!("skipped: tshark cannot be started ({error}); install it to have the dissector tested");
            false
        }
    }
}

/// The argument of `-X` that loads the dissector.
pub fn lua() -> String {
    format!("lua_script:{}/wireshark/yrpc.lua", env!("CARGO_MANIFEST_DIR"))
}

/// What tshark says about `capture`.
pub fn pdml(capture: &Capture, args: &[&str]) -> Vec<Shown> {
    static FILES: AtomicU32 = AtomicU32::new(0);
    let number = FILES.fetch_add(1, Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("ch02-dissector-{}-{number}.pcap", std::process::id()));
    fs::write(&file, &capture.bytes).unwrap();
    let shown = pdml_of(&file, args);
    let _ = fs::remove_file(&file);
    shown
}

/// What tshark says about a file. It writes an XML in which every field is a line, so lines are enough to read it.
pub fn pdml_of(file: &Path, args: &[&str]) -> Vec<Shown> {
    let output = Command::new("tshark")
        .args(["-T", "pdml", "-X", &lua()])
        .args(args)
        .arg("-r")
        .arg(file)
        .output()
        .expect("tshark has just been there");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("Lua"), "{errors}");
    let (mut shown, mut packet, mut from, mut inside) = (Vec::<Shown>::new(), 0, 0, false);
    for line in String::from_utf8_lossy(&output.stdout).lines().map(str::trim) {
        let name = attribute(line, "name");
        if line.starts_with("<proto") && !name.starts_with("_ws.") {
            inside = name == "yrpc";
            if inside {
                shown.push(Shown { packet, from, items: Vec::new() });
            }
        } else if line.starts_with("<field") {
            let show = attribute(line, "show");
            match (&name[..], shown.last_mut()) {
                ("num", _) => packet = show.parse().unwrap(),
                ("tcp.srcport", _) => from = show.parse().unwrap(),
                (_, Some(frame)) if inside => {
                    assert!(!name.contains("lua"), "the dissector has failed: {line}");
                    // A bit field is a number; it is not compared.
                    let value = attribute(line, "value");
                    let value = if value.len().is_multiple_of(2) { from_hex(&value) } else { Vec::new() };
                    frame.items.push(Item { name, show, show_name: attribute(line, "showname"), value });
                }
                _ => {}
            }
        }
    }
    shown
}

fn attribute(line: &str, name: &str) -> String {
    let Some((_, rest)) = line.split_once(&format!(" {name}=\"")) else { return String::new() };
    let text = rest.split('"').next().unwrap_or_default();
    let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&#x27;", "'").replace("&apos;", "'").replace("&amp;", "&")
}

/// The bytes of hex digits without blanks.
pub fn from_hex(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or_else(|| panic!("not hex: {hex}")) as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}
