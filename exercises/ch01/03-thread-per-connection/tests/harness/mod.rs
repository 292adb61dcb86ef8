//! The server under test, and its callers.

use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use ch01_raw_tcp::Service;
use spec_kit::Failure;
use thread_per_connection::serve;

pub const PAGE: &str = "chapter 1, \"One at a time, a thread each, a pool\"";

/// How long a caller waits for an answer, and a test for an event, before it calls that silence.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Your server, on a thread that outlives the test.
pub struct Server {
    address: SocketAddr,
    /// Why it is no longer running. Set before its port closes, so whoever meets a closed port can look here.
    obituary: Arc<OnceLock<String>>,
}

impl Server {
    pub fn start(service: impl Service + 'static, max_connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
        let address = local(&listener);
        let keeps_the_port_open = listener.try_clone().expect("one more file handle is to be had");
        let obituary = Arc::new(OnceLock::new());
        let written_here = Arc::clone(&obituary);
        thread::spawn(move || {
            write_obituary(&written_here, || serve(listener, Arc::new(service), max_connections));
            drop(keeps_the_port_open);
        });
        Self { address, obituary }
    }

    pub fn connect(&self) -> Caller {
        match Caller::connect(self.address) {
            Ok(caller) => caller,
            Err(error) => self
                .failure("Nobody listens any more.")
                .expected("a connection")
                .got(error)
                .because("A server serves for ever; nothing that a caller or the service does may end it.")
                .page(PAGE)
                .raise(),
        }
    }

    /// A caller who lets the server see at once that no request will come. Nothing of it is left unread, so a
    /// refusal always arrives.
    pub fn connect_and_say_nothing(&self) -> Caller {
        let caller = self.connect();
        // If this fails the connection is gone already; the answer says so.
        let _ = caller.stream.get_ref().shutdown(Shutdown::Write);
        caller
    }

    /// Comes anew and says "hi" until that is not refused, for [`PATIENCE`] at most. A place comes back a
    /// moment after its connection has ended, and no caller can see when.
    pub fn come_until_there_is_room(&self) -> (Caller, Answer) {
        /// Between two tries, so that a server that never gives a place back does not use up the ports.
        const PAUSE: Duration = Duration::from_millis(10);
        let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
        loop {
            let mut caller = self.connect();
            let answer = caller.ask("hi");
            // A refusal with our request unread may reach us as a reset.
            let refused = answer.is_busy() || answer == Answer::Closed;
            if !refused || tries == 0 {
                return (caller, answer);
            }
            tries -= 1;
            thread::sleep(PAUSE);
        }
    }

    /// A failure that also says whether the server is still alive.
    pub fn failure(&self, symptom: &str) -> Failure {
        let failure = Failure::new(symptom);
        match self.obituary.get() {
            Some(end) => failure.show("your server", end),
            None => failure,
        }
    }
}

/// Sends a caller who says nothing, but lets the server see at once that nothing will come: a server that
/// lets it in closes without a word, and the test need not wait for that. `refused` others were refused before.
pub fn expect_a_refusal(server: &Server, situation: &str, refused: usize) {
    let mut caller = server.connect_and_say_nothing();
    let answer = caller.answer();
    let (symptom, cause) = match &answer {
        answer if answer.is_busy() && caller.answer() == Answer::Closed => return,
        Answer::Closed => why_no_refusal(server, refused),
        Answer::Silence => (
            "The server lets the caller wait for a place.",
            "A caller who waits in a queue that nobody sees cannot go elsewhere. `Place::take` says at once that \
             all are taken: refuse, and accept the next.",
        ),
        Answer::Line(_) => ("The refusal is not the one that callers know.", "`refuse` sends it and closes."),
    };
    server
        .failure(symptom)
        .show("the situation", situation)
        .expected("\"error busy …\", then the end of the connection")
        .got(answer)
        .because(cause)
        .page(PAGE)
        .raise();
}

/// A caller who should have been refused met the end of the connection: symptom and cause. Sends two more
/// guests, who ask and stay, to see which of them get in.
fn why_no_refusal(server: &Server, refused: usize) -> (&'static str, &'static str) {
    let (_stays, answer) = server.come_until_there_is_room();
    let let_in = Answer::line("you said hi");
    // A place given back twice may have taken the count below zero, where no place is ever free again: such a
    // server knows how to refuse, and still let somebody in.
    let refuses_now = || server.connect_and_say_nothing().answer().is_busy();
    if answer != let_in && !(refused > 0 && refuses_now()) {
        return (
            "The server closes without a word.",
            "Its caller cannot tell a full server from a broken one. Hand the connection to `refuse`.",
        );
    }
    if refused > 0 {
        return (
            "A refusal has given back a place that it never had.",
            "The caller before was refused, and this one was let in although nobody had left. Whoever gets no \
             place must not drop one: make the `Place` after you have counted up.",
        );
    }
    if server.connect().ask("hi") == let_in {
        return (
            "The server lets in whoever comes.",
            "Without a limit a stranger decides how many threads you start. Is a place taken before each thread, \
             and does the thread really own its `Place`? `let _ = place;` does not keep it, `let _place = place;` \
             does.",
        );
    }
    ("The server lets in one too many.", "When `max` places are taken there is none left: `>=`, not `>`.")
}

/// Runs `server` to its end, and notes what kind of end it was.
pub fn write_obituary(obituary: &OnceLock<String>, server: impl FnOnce()) {
    let end = match catch_unwind(AssertUnwindSafe(server)) {
        Ok(()) => "has returned".to_owned(),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or(panic.downcast_ref::<&str>().copied());
            format!("has panicked: {}", words.unwrap_or("without words"))
        }
    };
    obituary.set(end).expect("a server ends once");
}

pub struct Caller {
    pub stream: BufReader<TcpStream>,
}

impl Caller {
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    pub fn ask(&mut self, request: &str) -> Answer {
        self.send(&format!("{request}\n"));
        self.answer()
    }

    pub fn send(&mut self, text: &str) {
        // If the connection is gone, the answer says so.
        let _ = self.stream.get_mut().write_all(text.as_bytes());
    }

    pub fn answer(&mut self) -> Answer {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(_) if line.ends_with('\n') => Answer::Line(line.trim_end().to_owned()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                Answer::Silence
            }
            _ => Answer::Closed,
        }
    }
}

/// What a caller gets to hear.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    Line(String),
    /// The server has ended the connection.
    Closed,
    /// Nothing for [`PATIENCE`].
    Silence,
}

impl Answer {
    pub fn line(text: &str) -> Self {
        Self::Line(text.to_owned())
    }

    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Line(line) if line.starts_with("error busy "))
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line:?}"),
            Self::Closed => f.write_str("the end of the connection"),
            Self::Silence => write!(f, "silence for {} s", PATIENCE.as_secs()),
        }
    }
}

pub fn echo(request: &[u8]) -> Vec<u8> {
    [b"you said ", request].concat()
}

pub fn local(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("a bound listener has an address")
}
