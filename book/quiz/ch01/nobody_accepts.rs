//! The server listens, and never calls `accept`. How far does a client get?

use std::io::Write;
use std::net::{TcpListener, TcpStream};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    println!("connected");
    client.write_all(b"say_hello world\n")?;
    println!("the request is written");
    Ok(())
}
