//! Two reads bring two and a half lines.

use ch01_raw_tcp::line::{LineBuffer, LineTooLong};

fn main() -> Result<(), LineTooLong> {
    let mut buffer = LineBuffer::new(100);
    for piece in ["say_hel", "lo Ann\nsay_hello Bo\nget_or"] {
        buffer.feed(piece.as_bytes());
        while let Some(line) = buffer.next_line()? {
            println!("a line: {}", String::from_utf8_lossy(&line));
        }
        println!("{} bytes wait", buffer.unfinished());
    }
    Ok(())
}
