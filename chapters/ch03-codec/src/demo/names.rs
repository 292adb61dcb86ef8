//! Act 1: one order in six formats. [S-01] [S-02]

use std::io::Write;

use ch03_codec::dump::{Line, show};
use ch03_codec::{CodecTable, hessian, protobuf, shapes, tagged};
use demo_kit::Failure;
use prost::Message;
use serde_json::{Value, json};

use super::hex;

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let order = shapes::short_order();
    let table = CodecTable::default();
    let encode = |name| table.by_name(name).expect("the table has all five").to_vec(&order);
    let json = encode("json")?;
    let hessian2 = encode("hessian2")?;
    let tagged = encode("tagged")?;
    let protobuf = protobuf::Order::from(&order).encode_to_vec();
    let bincode = encode("bincode")?;
    let postcard = encode("postcard")?;

    heading(out, "json", &json, "names in every object")?;
    writeln!(out, "{}", String::from_utf8_lossy(&json))?;
    heading(out, "hessian2", &hessian2, "names once in a message")?;
    rows(out, &hessian::dump(&hessian2))?;
    heading(out, "tagged", &tagged, "numbers for names")?;
    rows(out, &tagged::dump(&tagged))?;
    heading(out, "protobuf", &protobuf, "numbers for names")?;
    digits(out, &protobuf)?;
    heading(out, "bincode", &bincode, "no names at all")?;
    digits(out, &bincode)?;
    heading(out, "postcard", &postcard, "no names at all")?;
    digits(out, &postcard)?;
    Ok(json!({ "bytes": {
        "json": json.len(), "hessian2": hessian2.len(), "tagged": tagged.len(),
        "protobuf": protobuf.len(), "bincode": bincode.len(), "postcard": postcard.len(),
    }}))
}

fn heading(out: &mut dyn Write, name: &str, bytes: &[u8], names: &str) -> Result<(), Failure> {
    Ok(writeln!(out, "\n{name}, {} bytes: {names}", bytes.len())?)
}

fn rows(out: &mut dyn Write, lines: &[Line]) -> Result<(), Failure> {
    Ok(write!(out, "{}", show(lines))?)
}

fn digits(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    for row in bytes.chunks(16) {
        let text: String =
            row.iter().map(|&byte| if byte.is_ascii_graphic() { char::from(byte) } else { '·' }).collect();
        writeln!(out, "{:<47}  {text}", hex(row))?;
    }
    Ok(())
}
