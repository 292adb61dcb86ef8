//! Act 8: the same request in the header of the classic Dubbo protocol. [P-01]

use std::io::Write;

use ch02_protocol::dubbo::{DubboHeader, DubboMessage};
use ch02_protocol::{Frame, FrameLimits, Kind};
use demo_kit::Failure;
use serde_json::{Value, json};

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let ours = Frame::new(Kind::Request, 7, "x".repeat(160)).header(&FrameLimits::default())?.encode();
    let request = DubboMessage::Request { two_way: true };
    let header =
        DubboHeader { message: request, event: false, serialization: 2, request_id: 7, body_len: 160 };
    let theirs = header.encode();
    writeln!(out, "  request 7, a body of 160 bytes\n")?;
    writeln!(out, "  yrpc   {}", hex(&ours, &[4, 5, 6, 7, 8, 10, 12, 20]))?;
    writeln!(out, "         magic       ver kind codec comp header-length status request-id body-length")?;
    writeln!(out, "\n  Dubbo  {}", hex(&theirs, &[2, 3, 4, 12]))?;
    writeln!(out, "         magic flags status request-id body-length\n")?;
    writeln!(out, "  flags c2 = 1 1 0 00010")?;
    writeln!(out, "             │ │ │ └ serialization 2: Hessian2")?;
    writeln!(out, "             │ │ └ event: no, so it is business")?;
    writeln!(out, "             │ └ two-way: an answer is expected")?;
    writeln!(out, "             └ request")?;
    writeln!(out, "\n  No version, no compressor, no header length: the next field has no place.")?;
    Ok(json!({ "ours": ours.len(), "theirs": theirs.len(), "flags": theirs[2] }))
}

/// Hexadecimal, with a gap before each of `fields`.
fn hex(bytes: &[u8], fields: &[usize]) -> String {
    let parts = bytes.iter().enumerate().map(|(at, byte)| {
        let gap = if fields.contains(&at) { "  " } else { "" };
        format!("{gap}{byte:02x}")
    });
    parts.collect()
}
