//! The world of the spec: your server on a thread of its own, its clients, and the log of what it asked of
//! its listener and of epoll. No test sleeps: a client waits for a reply, the spec waits for a line of the log.

mod interest;
mod recorder;

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ch01_raw_tcp::Limits;
use ch01_raw_tcp::server::Wants;
use epoll_server::serve;
use nix::sys::socket::{setsockopt, sockopt};
use spec_kit::{Failure, LIMIT};

pub use interest::check_interest;
pub use recorder::{Call, Faults, Story};
use recorder::{Door, Log, MOST_ERRORS, MOST_FAILED_ACCEPTS, MOST_WAITS, Recorder, STOPPED};

pub const PAGE: &str = "chapter 1, \"Ask the kernel\"";
pub const READING: Wants = Wants { read: true, write: false };
pub const WRITING: Wants = Wants { read: false, write: true };

/// The length of the reply to `big`: 1 MiB, far above what the kernel holds for a socket whose send buffer
/// is [`SEND_BUFFER`] and whose peer does not read.
pub const BIG: usize = 1 << 20;
const SEND_BUFFER: usize = 64 * 1024;

/// What a test wants of its world.
pub struct Setup {
    pub max_connections: usize,
    /// So many clients are connected before the server begins.
    pub crowd: usize,
    pub faults: Faults,
    /// What is most likely wrong when the server dies or spins in this test.
    pub suspect: &'static str,
}

impl Default for Setup {
    fn default() -> Self {
        Self { max_connections: 16, crowd: 0, faults: Faults::default(), suspect: "" }
    }
}

/// A running server.
pub struct World {
    address: SocketAddr,
    log: Arc<Log>,
    stop: UnixStream,
    suspect: &'static str,
}

impl World {
    /// Starts the server; the clients are the crowd of the setup.
    pub fn start(setup: Setup) -> (Self, Vec<TcpStream>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        setsockopt(&listener, sockopt::SndBuf, &SEND_BUFFER).expect("a buffer may be small");
        let address = listener.local_addr().expect("a bound listener has an address");
        let crowd = (0..setup.crowd).map(|_| TcpStream::connect(address).expect("the queue has room"));
        let crowd = crowd.collect();
        let (stop, stopped) = UnixStream::pair().expect("a pair of sockets");
        let log = Arc::new(Log::default());
        let world = Self { address, log: Arc::clone(&log), stop, suspect: setup.suspect };
        let limits = Limits { max_line: BIG, max_connections: setup.max_connections, ..Limits::default() };
        std::thread::spawn(move || {
            let asked = Arc::clone(&log);
            let service = move |request: &[u8]| {
                let request = String::from_utf8_lossy(request).into_owned();
                asked.note(|story| story.calls.push(Call::Asked(request.clone())));
                if request == "big" { vec![b'x'; BIG] } else { format!("<{request}>").into_bytes() }
            };
            let run = || {
                let mut recorder = Recorder::new(Arc::clone(&log), setup.faults, stopped)?;
                let door = Door::new(listener, Arc::clone(&log), setup.faults.accept);
                serve(&door, &service, &limits, &mut recorder)
            };
            let end = catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
                let text = panic.downcast_ref::<String>().cloned();
                text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned())).unwrap_or_default()
            });
            log.note(|story| story.end = Some(end));
        });
        (world, crowd)
    }

    #[track_caller]
    pub fn connect(&self) -> Client<'_> {
        match TcpStream::connect(self.address) {
            Ok(stream) => self.client(stream),
            Err(error) => self.fail("Nobody listens any more.", "a connection", error, self.suspect),
        }
    }

    pub fn client(&self, stream: TcpStream) -> Client<'_> {
        stream.set_read_timeout(Some(LIMIT / 2)).expect("a timeout above zero");
        Client { stream, world: self }
    }

    /// Waits until `happened`, or until the server has ended. Whether it happened.
    pub fn until(&self, happened: impl Fn(&Story) -> bool) -> bool {
        self.log.until(happened)
    }

    /// Waits until the loop waits again after the last request that it was asked. A client has its reply
    /// before the turn is over; what the loop does after the turn is in the log only now.
    pub fn until_it_waits(&self) {
        self.until(|story| {
            let mut since = story.calls.iter().rev().take_while(|call| !matches!(call, Call::Asked(_)));
            since.any(|call| *call == Call::Wait)
        });
    }

    pub fn calls(&self) -> Vec<Call> {
        self.log.read().calls.clone()
    }

    /// Stops the server, and fails if it did not end as it should.
    #[track_caller]
    pub fn finish(self) {
        self.judge(None);
    }

    /// Fails with what a test has found, unless the log knows a deeper cause.
    #[track_caller]
    pub fn fail(&self, symptom: &str, expected: impl Display, got: impl Display, because: &str) -> ! {
        self.judge(Some([symptom, &expected.to_string(), &got.to_string(), because].map(str::to_owned)));
        unreachable!("something was found")
    }

    #[track_caller]
    fn judge(&self, found: Option<Finding>) {
        // Should it have ended already, nobody reads this.
        let _ = (&self.stop).write_all(b"!");
        self.log.until(|story| story.end.is_some());
        let story = self.log.read();
        let deeper = match &story.end {
            // A hole that is still open speaks for itself.
            Some(Err(text)) if text.starts_with("not yet implemented") => panic!("{text}"),
            _ if story.blocking.is_some() => story.blocking.map(blocks),
            _ if story.accepts_on => Some(accepts_on()),
            _ if story.spins => Some(spins(self.suspect)),
            _ if story.waits_on => Some(waits_on()),
            Some(Err(text)) => Some(died(text, self.suspect)),
            _ if found.is_some() => None,
            Some(Ok(Err(error))) if error.to_string() == STOPPED => None,
            Some(Ok(end)) => Some(ended(end)),
            None => Some(stuck()),
        };
        let timeline = timeline(&story.calls);
        drop(story); // raising while holding it would poison the log
        if let Some([symptom, expected, got, because]) = deeper.or(found) {
            Failure::new(symptom)
                .show("what your loop asked for, last line last", timeline)
                .expected(expected)
                .got(got)
                .because(because)
                .page(PAGE)
                .raise();
        }
    }
}

impl Drop for World {
    /// A test that fails on its own leaves no thread behind that spins.
    fn drop(&mut self) {
        let _ = self.stop.write_all(b"!");
    }
}

/// Symptom, expected, got, cause.
type Finding = [String; 4];

fn blocks(what: &str) -> Finding {
    [
        &format!("You had {what} watched while its calls still block."),
        "`set_nonblocking(true)` on the listener and on every stream that `accept` gives, before `add`",
        "a socket without O_NONBLOCK",
        "A stream does not inherit it from the listener. The first `accept` or `read` with nothing to bring would stop the only thread, and with it every other connection.",
    ]
    .map(str::to_owned)
}

fn accepts_on() -> Finding {
    [
        "Your `accept_all` does not come back: `accept` fails, and you ask it again.",
        "the first error of `accept` ends the round, whatever it is",
        &format!("more than {MOST_FAILED_ACCEPTS} errors of `accept`, and no `wait` in between"),
        "`WouldBlock` means that nobody is left. After any other error, too, the next `wait` tells you if somebody still stands there. Until then nobody else is served.",
    ]
    .map(str::to_owned)
}

fn spins(suspect: &str) -> Finding {
    [
        "Your loop spins: `wait` comes back at once, again and again, and nothing comes of it.",
        "a thread that sleeps in `wait` while nobody needs it",
        &format!("{MOST_WAITS} waits"),
        suspect,
    ]
    .map(str::to_owned)
}

fn waits_on() -> Finding {
    [
        "`wait` failed, and you asked it again.",
        "the error of `wait` ends the loop",
        &format!("more than {MOST_ERRORS} errors of `wait`"),
        "It will not get better: hand the error on with `?`.",
    ]
    .map(str::to_owned)
}

fn died(text: &str, suspect: &str) -> Finding {
    let symptom = "Your server died of a panic, and every connection with it.";
    [symptom, "a server that lives on", text, suspect].map(str::to_owned)
}

fn ended(end: &io::Result<()>) -> Finding {
    [
        "The loop ended with something else than the error of `wait`.",
        &format!("Err({STOPPED:?})"),
        &format!("{end:?}"),
        "Hand the error of `wait` on with `?`. Nothing else ends the loop.",
    ]
    .map(str::to_owned)
}

fn stuck() -> Finding {
    [
        "Your loop does not come back to `wait`.",
        &format!("the next `wait` within {:?}", LIMIT / 2),
        "nothing",
        "Something between two waits does not end. The last line above tells where the loop was.",
    ]
    .map(str::to_owned)
}

/// The last lines of the log; the first ones matter less.
fn timeline(calls: &[Call]) -> String {
    const SHOWN: usize = 12;
    calls.iter().skip(calls.len().saturating_sub(SHOWN)).map(|call| format!("{call}\n")).collect()
}

/// The other end of a connection.
pub struct Client<'a> {
    stream: TcpStream,
    world: &'a World,
}

impl Client<'_> {
    pub fn send(&mut self, text: &str) {
        // Should the server be gone, the next read says so.
        let _ = self.stream.write_all(text.as_bytes());
    }

    /// No more requests; replies are still welcome.
    pub fn say_goodbye(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// The next line; an error, or the end, is told as text.
    pub fn line(&mut self) -> String {
        let mut line = Vec::new();
        let mut chunk = [0; 64 * 1024];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return format!("the end after {} bytes", line.len()),
                Ok(count) => line.extend(&chunk[..count]),
                Err(error) => return format!("no more than {} bytes ({})", line.len(), error.kind()),
            }
            if line.ends_with(b"\n") {
                line.pop();
                return String::from_utf8_lossy(&line).into_owned();
            }
        }
    }

    /// Fails unless the server closes, whatever it sends before.
    #[track_caller]
    pub fn expect_the_end(&mut self, when: &str, because: &str) {
        let got = self.line();
        if !got.starts_with("the end after") {
            self.world.fail(when, "the end of the connection", short(&got), because);
        }
    }

    /// Sends a request and fails unless `expected` comes back.
    #[track_caller]
    pub fn call(&mut self, request: &str, expected: &str, when: &str, because: &str) {
        self.send(&format!("{request}\n"));
        self.expect(expected, when, because);
    }

    /// Fails unless `expected` comes next.
    #[track_caller]
    pub fn expect(&mut self, expected: &str, when: &str, because: &str) {
        let got = self.line();
        if got != expected {
            self.world.fail(when, short(expected), short(&got), because);
        }
    }
}

/// A MiB of `x` is no message for a person.
fn short(text: &str) -> String {
    if text.len() <= 100 { format!("{text:?}") } else { format!("a line of {} bytes", text.len()) }
}
