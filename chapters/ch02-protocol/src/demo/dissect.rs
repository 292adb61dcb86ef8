//! The `dissect` subcommand: bytes, taken apart for people.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use ch02_protocol::FrameLimits;
use ch02_protocol::dissect::Dissection;
use demo_kit::Failure;
use serde_json::{Value, json};

/// Takes apart what `file` or `hex` holds. 0: frames and nothing else; 1: something is wrong with them; 2: it
/// could not be read.
pub fn run(file: Option<&Path>, hex: Option<&str>, as_json: bool) -> ExitCode {
    let bytes = match (file, hex) {
        (_, Some(digits)) => parse_hex(digits),
        (Some(file), None) => read(file),
        (None, None) => Err("a file or --hex is needed".into()), // clap asks for one of them
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let dissection = Dissection::of(&bytes);
    match demo_kit::exit_code(print(&dissection, as_json)) {
        ExitCode::SUCCESS if !dissection.is_sound() => ExitCode::FAILURE,
        code => code,
    }
}

fn print(dissection: &Dissection, as_json: bool) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    if as_json {
        let field = |field: &ch02_protocol::dissect::Field| -> Value {
            json!({
                "at": field.at, "length": field.bytes.len(), "name": field.name,
                "meaning": field.meaning, "fault": field.fault,
            })
        };
        let frames: Vec<Vec<Value>> =
            dissection.frames.iter().map(|fields| fields.iter().map(field).collect()).collect();
        let whole =
            json!({ "frames": frames, "missing": dissection.missing, "sound": dissection.is_sound() });
        writeln!(out, "{}", serde_json::to_string_pretty(&whole)?)?;
    } else {
        write!(out, "{dissection}")?;
    }
    Ok(())
}

/// Reads at most one frame of the largest size: this is for looking at, not for archives.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = FrameLimits::default().max_frame() as u64;
    let say = |error: io::Error| format!("{}: {error}", path.display());
    let mut source: Box<dyn Read> = match path.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(File::open(path).map_err(say)?),
    };
    let mut bytes = Vec::new();
    source.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(say)?;
    if bytes.len() as u64 > most {
        return Err(format!("{}: longer than {most} bytes, the longest frame", path.display()).into());
    }
    Ok(bytes)
}

fn parse_hex(digits: &str) -> Result<Vec<u8>, Failure> {
    let digits: Vec<char> = digits.chars().filter(|digit| !digit.is_whitespace()).collect();
    if let Some(wrong) = digits.iter().find(|digit| !digit.is_ascii_hexdigit()) {
        return Err(format!("--hex: {wrong:?} is no hexadecimal digit").into());
    }
    if digits.len() % 2 == 1 {
        return Err(format!("--hex: {} digits; a byte has two", digits.len()).into());
    }
    Ok(digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |sum, digit| sum << 4 | digit.to_digit(16).unwrap_or(0) as u8))
        .collect())
}
