//! What your `interest` makes epoll watch for, tried on sockets whose state is known.

use std::io::{ErrorKind, Write};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use ch01_raw_tcp::server::Wants;
use epoll_server::{EpollPoller, Poller};
use spec_kit::Failure;

use super::{PAGE, READING, WRITING};

/// Fails unless epoll reports exactly what is wanted, and reports it as long as it is there.
pub fn check_interest() {
    const FULL: u64 = 1;
    const EMPTY: u64 = 2;
    const HALF: u64 = 3;
    const GONE: u64 = 4;
    let pair = || UnixStream::pair().expect("a pair of sockets");
    let fill = |socket: &mut UnixStream| {
        socket.set_nonblocking(true).expect("a socket can be non-blocking");
        while socket.write(&[0; 4096]).map_err(|error| error.kind()) != Err(ErrorKind::WouldBlock) {}
    };
    let (mut full, mut sender) = pair();
    sender.write_all(b"hello").expect("a new socket has room");
    fill(&mut full);
    let (mut half, leaving) = pair();
    leaving.shutdown(Shutdown::Write).expect("a connected socket can be half closed");
    fill(&mut half);
    let (empty, _silent) = pair();
    // Its peer has hung up, which is reported unasked: so no `wait` here can last.
    let (gone, _) = pair();
    let mut poller = EpollPoller::new().expect("an epoll");
    let nothing = Wants { read: false, write: false };
    let sockets = [(full.as_fd(), FULL), (empty.as_fd(), EMPTY), (half.as_fd(), HALF)];
    for (socket, token) in sockets.into_iter().chain([(gone.as_fd(), GONE)]) {
        poller.add(socket, token, nothing).expect("a socket can be watched");
    }
    let cases = [
        (READING, vec![FULL, HALF, GONE]),
        (WRITING, vec![EMPTY, GONE]),
        (Wants { read: true, write: true }, vec![FULL, EMPTY, HALF, GONE]),
        (nothing, vec![GONE]),
    ];
    for (wants, expected) in cases {
        for (socket, token) in sockets {
            poller.change(socket, token, wants).expect("a watched socket can be changed");
        }
        for again in ["", ", asked a second time"] {
            poller.change(gone.as_fd(), GONE, nothing).expect("a watched socket can be changed");
            let mut ready = poller.wait().expect("a wait");
            ready.sort_unstable();
            if ready != expected {
                let asked_in_vain = [ready.contains(&HALF), !wants.read, !ready.contains(&FULL)];
                let cause = if asked_in_vain == [true; 3] {
                    "Socket 3 has no bytes and no room, only a peer that has said its last word. While a reply waits for room that is no news: reported all the same (EPOLLRDHUP), it makes the loop spin until the peer reads. The end of the stream comes with EPOLLIN. Leave EPOLLRDHUP out."
                } else if again.is_empty() {
                    "Bytes are EPOLLIN, room is EPOLLOUT; each is set only when it is wanted."
                } else {
                    "The cause is still there, and nobody says so again: that is edge-triggered (EPOLLET). A connection whose turn ends before everything is read would wait for ever. Leave EPOLLET out."
                };
                Failure::new("Your `interest` makes epoll watch for the wrong thing.")
                    .show("the sockets", "1  has bytes to read and no room to write\n2  has room to write and no bytes to read\n3  the end of the stream to read (its peer will send no more) and no room to write\n4  its peer has hung up both ways (always reported)")
                    .expected(format_args!("{wants:?}{again}: ready are {expected:?}"))
                    .got(format_args!("{ready:?}"))
                    .because(cause)
                    .page(PAGE)
                    .raise();
            }
        }
    }
}
