//! `show`: bytes, explained.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use ch03_codec::{Limits, dump, hessian, tagged};
use serde_json::json;

use crate::Shown;

/// Prints what stands in the bytes. 0: they are sound; 1: they are not; 2: they are no bytes.
pub fn run(format: Shown, hex: &str, as_json: bool) -> ExitCode {
    let bytes = match read(hex) {
        Ok(bytes) => bytes,
        Err(why) => {
            eprintln!("error: {why}");
            return ExitCode::from(2);
        }
    };
    let lines = match format {
        Shown::Tagged => tagged::dump(&bytes),
        Shown::Hessian2 => hessian::dump(&bytes),
    };
    let sound = !lines.is_empty() && !lines.iter().any(dump::Line::is_fault);
    let text = if as_json {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| json!({ "at": line.at, "length": line.bytes.len(), "depth": line.depth, "meaning": line.meaning }))
            .collect();
        format!("{:#}\n", json!({ "sound": sound, "lines": lines }))
    } else if lines.is_empty() {
        "(no bytes)\n".to_owned()
    } else {
        dump::show(&lines)
    };
    // Who closes the pipe has seen enough.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::from(u8::from(!sound))
}

fn read(hex: &str) -> Result<Vec<u8>, String> {
    let mut text = hex.to_owned();
    if hex == "-" {
        text.clear();
        let limit = Limits::default().max_total as u64;
        io::stdin()
            .take(limit)
            .read_to_string(&mut text)
            .map_err(|error| format!("standard input: {error}"))?;
    }
    let digits: Vec<char> = text.chars().filter(|digit| !digit.is_whitespace()).collect();
    if let Some(wrong) = digits.iter().find(|digit| !digit.is_ascii_hexdigit()) {
        return Err(format!("{wrong:?} is no hexadecimal digit"));
    }
    if digits.len() % 2 == 1 {
        return Err(format!("{} digits: a byte has two", digits.len()));
    }
    let value = |digit: char| digit.to_digit(16).expect("looked at above") as u8;
    Ok(digits.chunks(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect())
}
