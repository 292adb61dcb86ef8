//! A client that writes and writes, and a server that never reads.

use std::io::{ErrorKind, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (_never_read, _) = listener.accept()?;
    client.set_nonblocking(true)?;
    let mut taken = 0_u64;
    let error = loop {
        match client.write(&[b'x'; 4096]) {
            Ok(count) => taken += count as u64,
            Err(error) => break error,
        }
    };
    println!("more than 16 KiB were taken: {}", taken > 16 * 1024);
    println!("then: {:?}", error.kind());
    println!("is the connection broken? {}", error.kind() != ErrorKind::WouldBlock);
    Ok(())
}
