//! One connection, many calls at once: replies find their callers by id.

use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ch01_raw_tcp::Meter;
use ch01_raw_tcp::client::is_timeout;
use ch01_raw_tcp::meter::Metered;

use crate::call_error::CallError;
use crate::decode::FrameDecoder;
use crate::frame::Frame;
use crate::heartbeat::{Beat, Heartbeat};
use crate::in_flight::InFlight;
use crate::kind::Kind;
use crate::options::ClientOptions;
use crate::status::Status;
use crate::writer::{FrameWriter, WriteError};

/// What a client has seen on its connection.
#[derive(Debug, Default)]
pub struct ClientStats {
    /// Replies that nobody waited for: late, twice, or never asked for. They were dropped.
    pub late: AtomicU64,
    /// Heartbeats that were sent.
    pub heartbeats: AtomicU64,
}

/// A connection that any number of threads share. Each waits for its own reply; nobody waits for a turn.
///
/// ```text
///   thread A ── call ──┐ id 1                            ┌ id 2 ──▶ wakes B
///   thread B ── call ──┤ id 2 ═══ one connection ═══ reader
///   thread C ── call ──┘ id 3                            └ id 1 ──▶ wakes A
/// ```
#[derive(Debug)]
pub struct FrameClient {
    shared: Arc<Shared>,
    /// For closing.
    socket: Metered,
    reader: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    table: Mutex<Table>,
    writer: Mutex<FrameWriter>,
    stats: ClientStats,
    call_timeout: Duration,
}

#[derive(Debug)]
struct Table {
    in_flight: InFlight<Waiter>,
    /// Set once: nothing more is sent.
    end: Option<End>,
}

/// Wakes one caller. There is room for the one result that comes, so whoever sends never waits.
type Waiter = SyncSender<Result<Frame, CallError>>;

/// Why nothing more is sent.
#[derive(Debug, Clone)]
enum End {
    GoneAway { status: Status, text: String },
    Lost { why: String },
}

impl End {
    fn error(&self) -> CallError {
        match self.clone() {
            Self::GoneAway { status, text } => CallError::GoneAway { status, text },
            Self::Lost { why } => CallError::Ended { why },
        }
    }
}

impl FrameClient {
    /// Connects to `address` and starts the thread that reads.
    ///
    /// # Errors
    /// [`CallError::Connect`]; its source is `InvalidInput` when a time-out of `options` makes no sense.
    pub fn connect(
        address: SocketAddr,
        options: &ClientOptions,
        meter: &Arc<Meter>,
    ) -> Result<Self, CallError> {
        let connect = || {
            options.check()?;
            let stream = meter.connect(address, options.connect_timeout)?;
            stream.socket().set_nodelay(true)?;
            let writer = FrameWriter::new(stream.try_clone()?, options.frame, options.call_timeout)?;
            let shared = Arc::new(Shared {
                table: Mutex::new(Table { in_flight: InFlight::new(options.max_in_flight), end: None }),
                writer: Mutex::new(writer),
                stats: ClientStats::default(),
                call_timeout: options.call_timeout,
            });
            let socket = stream.try_clone()?;
            let (reading, options) = (Arc::clone(&shared), options.clone());
            let reader = std::thread::Builder::new()
                .name("frame-reader".into())
                .spawn(move || reading.read(stream, &options))?;
            Ok(Self { shared, socket, reader: Some(reader) })
        };
        connect().map_err(|source| CallError::Connect { address, source })
    }

    /// Sends `body` and waits for the reply's body.
    ///
    /// # Errors
    /// [`CallError`]; ask its [`outcome`](CallError::outcome).
    pub fn call(&self, body: impl Into<Bytes>) -> Result<Bytes, CallError> {
        let reply = self.send(Frame::new(Kind::Request, 0, body))?.wait()?;
        match reply.status {
            Status::OK => Ok(reply.body),
            status => {
                Err(CallError::Remote { status, text: String::from_utf8_lossy(&reply.body).into_owned() })
            }
        }
    }

    /// Sends a request and does not wait. The frame gets the next request id and the kind of a request.
    ///
    /// # Errors
    /// As [`call`](Self::call), as far as sending goes.
    // ANCHOR: send
    pub fn send(&self, request: Frame) -> Result<Pending<'_>, CallError> {
        let (waiter, reply) = sync_channel(1);
        let mut table = self.shared.table();
        if let Some(end) = &table.end {
            return Err(end.error());
        }
        let request_id = match table.in_flight.insert(waiter) {
            Ok(id) => id,
            Err(full) => return Err(CallError::TooManyInFlight { capacity: full.capacity }),
        };
        drop(table); // others may use it while we write
        let end = Instant::now() + self.shared.call_timeout;
        let sent = self.shared.write(&Frame { kind: Kind::Request, request_id, ..request });
        if sent.is_err() {
            self.shared.table().in_flight.take(request_id);
        }
        sent.map(|()| Pending { client: &self.shared, id: request_id, reply, end })
    }
    // ANCHOR_END: send

    /// Sends `body`, and wants no reply. That it was sent is all that can be known.
    ///
    /// # Errors
    /// When it was not sent, or not wholly.
    pub fn one_way(&self, body: impl Into<Bytes>) -> Result<(), CallError> {
        let mut table = self.shared.table();
        if let Some(end) = &table.end {
            return Err(end.error());
        }
        let id = table.in_flight.next_id();
        drop(table);
        self.shared.write(&Frame::new(Kind::OneWay, id, body))
    }

    /// Whether a call may be begun: the connection has not ended, and the server has not said goodbye.
    pub fn is_open(&self) -> bool {
        self.shared.table().end.is_none()
    }

    /// How many calls are in flight.
    pub fn in_flight(&self) -> usize {
        self.shared.table().in_flight.len()
    }

    /// What was seen on this connection.
    pub fn stats(&self) -> &ClientStats {
        &self.shared.stats
    }
}

impl Drop for FrameClient {
    fn drop(&mut self) {
        // By a handle of our own: nobody has to let go of the writer first.
        let _ = self.socket.socket().shutdown(Shutdown::Both);
        if let Some(reader) = self.reader.take() {
            // It ends because its socket is closed; that it does not panic is our business.
            let _ = reader.join();
        }
    }
}

/// A request that was sent. Dropping it gives it up.
#[derive(Debug)]
pub struct Pending<'a> {
    client: &'a Shared,
    id: u64,
    reply: Receiver<Result<Frame, CallError>>,
    /// When the caller's patience ends.
    end: Instant,
}

impl Pending<'_> {
    /// The id under which it was sent.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Waits for the reply, whatever its status says.
    ///
    /// # Errors
    /// When none came in time, or none will come.
    // ANCHOR: wait
    pub fn wait(self) -> Result<Frame, CallError> {
        match self.reply.recv_timeout(self.end.saturating_duration_since(Instant::now())) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) if self.give_up() => {
                Err(CallError::NoReply { source: io::ErrorKind::TimedOut.into() })
            }
            // Somebody else has taken it out of the table, and is about to tell us how it ended.
            Err(_) => self.reply.recv().unwrap_or_else(|_| {
                Err(CallError::NoReply { source: io::ErrorKind::ConnectionAborted.into() })
            }),
        }
    }
    // ANCHOR_END: wait
}

impl Pending<'_> {
    /// `false`: it is no longer in the table, because its result is on the way.
    // ANCHOR: give_up
    fn give_up(&self) -> bool {
        if self.client.table().in_flight.take(self.id).is_none() {
            return false;
        }
        // It is advice: whoever would have to wait to give it does without.
        self.client.write_if_free(&Frame::new(Kind::Cancel, self.id, ""));
        true
    }
    // ANCHOR_END: give_up
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.give_up();
    }
}

impl Shared {
    fn write(&self, frame: &Frame) -> Result<(), CallError> {
        match self.writer().send(frame) {
            Ok(()) => Ok(()),
            Err(WriteError::Encode(error)) => Err(CallError::NotAFrame(error)),
            Err(WriteError::Broken) => Err(CallError::Ended { why: "an earlier write has failed".into() }),
            Err(WriteError::Io(source)) => Err(CallError::NoReply { source }),
        }
    }

    /// The reading thread: everything that comes, until nothing will.
    fn read(&self, mut stream: Metered, options: &ClientOptions) {
        let why = match self.read_frames(&mut stream, options) {
            Ok(()) => io::Error::from(io::ErrorKind::UnexpectedEof),
            Err(error) => error,
        };
        // By our own handle: somebody may hold the writer, and wait for a server that takes nothing.
        let _ = stream.socket().shutdown(Shutdown::Both);
        let mut table = self.table();
        table.end.get_or_insert(End::Lost { why: why.to_string() });
        let waiting = table.in_flight.drain();
        drop(table);
        for (_, waiter) in waiting {
            // A caller who has just given up does not want to know.
            let _ =
                waiter.send(Err(CallError::NoReply { source: io::Error::new(why.kind(), why.to_string()) }));
        }
    }

    // ANCHOR: read_frames
    fn read_frames(&self, stream: &mut Metered, options: &ClientOptions) -> io::Result<()> {
        let mut decoder = FrameDecoder::new(options.frame);
        let mut heartbeat =
            Heartbeat::new(options.heartbeat_every, options.heartbeats_missed, Instant::now());
        // A read that brings nothing for so long wakes us at the moment when a heartbeat is due.
        stream.socket().set_read_timeout(Some(options.heartbeat_every))?;
        loop {
            let wrong = |error| io::Error::new(io::ErrorKind::InvalidData, error);
            while let Some(frame) = decoder.next_frame().map_err(wrong)? {
                self.deliver(frame)?;
            }
            match heartbeat.poll(Instant::now()) {
                Beat::Wait(_) => {}
                Beat::Send if self.write_if_free(&Frame::new(Kind::Heartbeat, 0, "")) => {
                    self.stats.heartbeats.fetch_add(1, Relaxed);
                }
                Beat::Send => heartbeat.not_sent(), // somebody writes just now; a peer that takes nothing fails that
                Beat::Dead => {
                    return Err(io::Error::new(io::ErrorKind::TimedOut, "no heartbeat was answered"));
                }
            }
            match decoder.read_from(stream) {
                Ok(0) => return Ok(()),
                Ok(_) => heartbeat.heard(Instant::now()),
                Err(error) if is_timeout(&error) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
    // ANCHOR_END: read_frames

    // ANCHOR: deliver
    fn deliver(&self, frame: Frame) -> io::Result<()> {
        // This client acts upon no extension. A critical one must not be skipped.
        let critical = frame
            .extensions
            .unknown_critical(&[])
            .map(|number| format!("extension {number} of a {} is critical, and unknown here", frame.kind));
        match (frame.kind, critical) {
            (Kind::Response, _) if frame.request_id == 0 => {} // to a heartbeat: that it came is all it says
            (Kind::Response, critical) => {
                let waiter = self.table().in_flight.take(frame.request_id);
                let result = critical.map_or(Ok(frame), |text| Err(CallError::BadReply { text }));
                match waiter {
                    // If the caller gives up at this very moment, it is late after all, and as good as
                    // dropped.
                    Some(waiter) => drop(waiter.send(result)),
                    None => drop(self.stats.late.fetch_add(1, Relaxed)),
                }
            }
            (_, Some(text)) => return Err(io::Error::new(io::ErrorKind::InvalidData, text)),
            (Kind::Goaway, None) => self.gone_away(&frame),
            (Kind::Heartbeat, None) => {
                self.write_if_free(&Frame::new(Kind::Response, frame.request_id, ""));
            }
            // Nothing that a server would send.
            (Kind::Request | Kind::OneWay | Kind::Cancel, None) => {}
        }
        Ok(())
    }
    // ANCHOR_END: deliver

    /// Those above the last id never ran, and may be tried elsewhere. The others still wait.
    // ANCHOR: gone_away
    fn gone_away(&self, goaway: &Frame) {
        let end =
            End::GoneAway { status: goaway.status, text: String::from_utf8_lossy(&goaway.body).into_owned() };
        let mut table = self.table();
        table.end = Some(end.clone());
        let never_ran = table.in_flight.take_above(goaway.request_id);
        drop(table);
        for (_, waiter) in never_ran {
            let _ = waiter.send(Err(end.error())); // who has given up does not want to know
        }
    }
    // ANCHOR_END: gone_away

    /// Writes `frame` unless somebody else writes just now; says whether it was written. For threads that
    /// must not wait for another's write: the one that reads (the server may be waiting for us to read), and
    /// one whose time is up. (A socket that is full can still hold them for as long as one write may take.)
    fn write_if_free(&self, frame: &Frame) -> bool {
        // A failure closes the connection, and then the reading ends.
        self.writer.try_lock().is_ok_and(|mut writer| writer.send(frame).is_ok())
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().expect("no code panics while it holds this lock")
    }

    fn writer(&self) -> MutexGuard<'_, FrameWriter> {
        self.writer.lock().expect("no code panics while it holds this lock")
    }
}
