//! A port that is free, and stays so while its server is down.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;

/// Where ports are looked for: below the range from which Linux (from 32768) and macOS (from 49152) take one
/// for each outgoing connection.
///
/// "Bind port 0 and see what comes" would give one from that range. While the server is down for a test, any
/// outgoing connection might be given the same port; even a client that tries again and again to reach the
/// server may be given it, and then it is connected to itself: TCP allows that.
const RANGE: Range<u16> = 20_000..32_000;

/// How many ports are tried: 100. One in a hundred being free is a machine on which nothing works.
const ATTEMPTS: usize = 100;

/// A loopback address that nobody listened on a moment ago. Somebody may before its server does; so whoever
/// starts one has to be ready to try another.
pub(crate) fn free() -> io::Result<SocketAddr> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..ATTEMPTS {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, fastrand::u16(RANGE))) {
            Ok(listener) => return listener.local_addr(),
            Err(error) => last = error,
        }
    }
    Err(last)
}
