//! The client says "hi" and hangs up. The server reads three times.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;
    client.write_all(b"hi")?;
    drop(client);
    for _ in 0..3 {
        println!("{:?}", server.read(&mut [0; 100])?);
    }
    Ok(())
}
