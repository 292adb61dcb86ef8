//! Two writes, and a server that looks only when both have arrived.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;
    client.write_all(b"hi Ann\n")?;
    client.write_all(b"hi Bo\n")?;
    let mut buffer = [0; 100];
    // `peek` looks without taking: wait until all 13 bytes are here.
    while server.peek(&mut buffer)? < 13 {}
    let count = server.read(&mut buffer)?;
    println!("one read: {:?}", String::from_utf8_lossy(&buffer[..count]));
    Ok(())
}
