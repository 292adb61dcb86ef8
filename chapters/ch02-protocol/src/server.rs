//! A server that speaks frames: one thread reads a connection, a pool works, replies go out as they are
//! ready.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::{Duration, Instant};

use ch01_raw_tcp::client::is_timeout;
use ch01_raw_tcp::meter::Metered;
use ch01_raw_tcp::server::{ConnectionHandler, ReadClock, WorkerPool, linger, serve_on_threads};
use ch01_raw_tcp::{Meter, ServerHandle};

use crate::connection::{Admission, Connection};
use crate::decode::FrameDecoder;
use crate::error::DecodeError;
use crate::frame::Frame;
use crate::kind::Kind;
use crate::options::ServerOptions;
use crate::service::{FrameService, Reply};
use crate::status::Status;
use crate::writer::FrameWriter;

/// What a server has done so far.
#[derive(Debug, Default)]
pub struct ServerStats {
    /// Requests and one-way calls that were run.
    pub run: AtomicU64,
    /// Requests that were answered with [`Status::BUSY`], and one-way calls that were dropped instead.
    pub busy: AtomicU64,
    /// Requests that were cancelled before they began.
    pub cancelled: AtomicU64,
    /// Heartbeats that were answered.
    pub heartbeats: AtomicU64,
    /// Connections that ended because what came was not the protocol.
    pub bad_streams: AtomicU64,
}

/// A running server. Dropping it stops it.
///
/// One weakness is left to chapter 8: a worker writes replies itself, so a peer that does not read keeps one
/// worker for [`frame_timeout`](ServerOptions::frame_timeout). As many such peers as there are workers stop
/// the server for that long.
pub struct FrameServer {
    handle: Option<ServerHandle>,
    shared: Arc<Shared>,
}

struct Shared {
    options: ServerOptions,
    /// The extensions that the service acts upon. (The server itself acts upon none.) A critical one that is
    /// only known by name would be skipped, which is what its sender has forbidden.
    acts_upon: Vec<u8>,
    pool: WorkerPool<Job>,
    stats: Arc<ServerStats>,
    /// For [`FrameServer::stop`]. A connection that has ended leaves its place to the next.
    connections: Mutex<Vec<Weak<Connection>>>,
}

/// A request on its way to a worker.
struct Job {
    request: Frame,
    connection: Arc<Connection>,
}

impl FrameServer {
    /// Starts to serve `service` on `listener`, and returns at once.
    ///
    /// # Errors
    /// `InvalidInput` for options that serve nobody; when the server's threads cannot be started.
    pub fn start(
        listener: TcpListener,
        service: Arc<dyn FrameService>,
        options: ServerOptions,
    ) -> io::Result<Self> {
        options.check()?;
        let stats = Arc::new(ServerStats::default());
        let acts_upon = service.acts_upon().to_vec();
        let counted = Arc::clone(&stats);
        let pool =
            WorkerPool::new(options.workers, options.queue, move |job| run(&*service, &job, &counted))?;
        let max_connections = options.max_connections;
        let shared = Arc::new(Shared { options, acts_upon, pool, stats, connections: Mutex::default() });
        let handle = serve_on_threads(listener, Arc::clone(&shared) as _, max_connections)?;
        Ok(Self { handle: Some(handle), shared })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.handle().address()
    }

    /// Its system calls.
    pub fn meter(&self) -> &Arc<Meter> {
        self.handle().meter()
    }

    /// What it has done so far.
    pub fn stats(&self) -> &ServerStats {
        &self.shared.stats
    }

    /// Tells every client which of its requests will not be answered, closes all connections, and waits until
    /// all threads have ended. A request that runs at this moment ends first, and its reply may be lost.
    /// (Chapter 10 stops without losing any.)
    ///
    /// # Errors
    /// What ended the server, when it was not this.
    pub fn stop(mut self) -> io::Result<()> {
        self.end()
    }

    fn handle(&self) -> &ServerHandle {
        self.handle.as_ref().expect("only `end` takes it")
    }

    fn end(&mut self) -> io::Result<()> {
        let Some(handle) = self.handle.take() else { return Ok(()) };
        let open: Vec<_> = self.shared.list().iter().filter_map(Weak::upgrade).collect();
        let end = Instant::now() + GOODBYE_PATIENCE;
        for connection in open {
            connection.go_away_now(Status::SHUTTING_DOWN, "the server stops", end);
        }
        handle.stop()
    }
}

impl Drop for FrameServer {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.end();
    }
}

impl std::fmt::Debug for FrameServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrameServer").field("handle", &self.handle).finish_non_exhaustive()
    }
}

impl ConnectionHandler for Shared {
    fn serve(&self, mut stream: Metered) {
        // What ends a connection has been said to the peer, if it could be; nobody else asks.
        let _ = self.serve_connection(&mut stream);
    }

    fn refuse(&self, stream: Metered) {
        let Ok(mut writer) = FrameWriter::new(stream, self.options.frame, REFUSAL_PATIENCE) else { return };
        // A new connection's send buffer has room for it. If the caller has gone, there is nobody to tell.
        let _ =
            writer.send(&Frame::goaway(0, Status::BUSY, "no room for another connection, try again later"));
        writer.finish();
    }
}

/// How long stopping may spend on telling the clients, all together: 100 ms. A goaway is some fifty bytes and
/// needs no time, unless a client has stopped reading.
const GOODBYE_PATIENCE: Duration = Duration::from_millis(100);

/// How long the accepting thread may spend on a refusal: 100 ms. It never takes that long; see `refuse`.
const REFUSAL_PATIENCE: Duration = Duration::from_millis(100);

impl Shared {
    fn list(&self) -> MutexGuard<'_, Vec<Weak<Connection>>> {
        self.connections.lock().expect("no code panics while it holds this lock")
    }

    fn open(&self, stream: &Metered) -> io::Result<Arc<Connection>> {
        stream.socket().set_nodelay(true)?;
        let ServerOptions { frame, max_in_flight, frame_timeout, .. } = self.options;
        let writer = FrameWriter::new(stream.try_clone()?, frame, frame_timeout)?;
        let connection = Arc::new(Connection::new(writer, max_in_flight));
        let mut list = self.list();
        list.retain(|other| other.strong_count() > 0);
        list.push(Arc::downgrade(&connection));
        Ok(connection)
    }

    fn serve_connection(&self, stream: &mut Metered) -> io::Result<()> {
        let connection = self.open(stream)?;
        let end = self.read_frames(stream, &connection);
        match &end {
            Ok(End::Goodbye(status, why)) => connection.go_away(*status, why),
            Ok(End::PeerLeft) => {}
            Err(_) => connection.cancel_all(), // nobody is left to answer
        }
        // A peer that has said its last word may still be waiting for replies.
        connection.wait_until_answered();
        if matches!(end, Ok(End::Goodbye(..))) {
            linger(stream);
        }
        let _ = stream.socket().shutdown(Shutdown::Both);
        end.map(|_| ())
    }

    /// Reads until the peer leaves, or until there is a reason to leave the peer.
    // ANCHOR: read_frames
    fn read_frames(&self, stream: &mut Metered, connection: &Arc<Connection>) -> io::Result<End> {
        let mut decoder = FrameDecoder::new(self.options.frame);
        let mut clock = ReadClock::new(self.options.idle_timeout, self.options.frame_timeout);
        loop {
            loop {
                match decoder.next_frame() {
                    Ok(Some(frame)) => {
                        clock.message_done();
                        if let Some(goodbye) = self.handle(frame, connection) {
                            return Ok(goodbye);
                        }
                    }
                    Ok(None) => break,
                    Err(error) => return Ok(self.bad_stream(status_of(&error), error.to_string())),
                }
            }
            if !clock.before_read(stream, decoder.unfinished() > 0)? {
                return Ok(End::Goodbye(Status::FRAME_TIMEOUT, "the frame was not finished in time".into()));
            }
            match decoder.read_from(stream) {
                Ok(0) => return Ok(End::PeerLeft),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Who waits for an answer has a reason to be silent, and who had one has not been silent for
                // long.
                Err(error) if is_timeout(&error) && connection.is_active(self.options.idle_timeout) => {}
                Err(error) if is_timeout(&error) && decoder.unfinished() == 0 => {
                    return Ok(End::Goodbye(Status::IDLE, "nothing came for too long".into()));
                }
                Err(error) if is_timeout(&error) => {} // the clock decides, above
                Err(error) => return Err(error),
            }
        }
    }
    // ANCHOR_END: read_frames

    /// One frame; what it gives back ends the connection. Nothing in here waits for a service.
    // ANCHOR: handle
    fn handle(&self, frame: Frame, connection: &Arc<Connection>) -> Option<End> {
        if let Some(why) = breaks_a_rule(&frame) {
            return Some(self.bad_stream(Status::BAD_FRAME, why));
        }
        match frame.kind {
            Kind::Request | Kind::OneWay => return self.submit(frame, connection),
            Kind::Heartbeat => {
                self.stats.heartbeats.fetch_add(1, Relaxed);
                connection.send(Frame::new(Kind::Response, frame.request_id, ""));
            }
            Kind::Cancel => {
                if connection.cancel(frame.request_id) {
                    self.stats.cancelled.fetch_add(1, Relaxed);
                }
            }
            // We have asked nothing; and a client that goes away will close.
            Kind::Response | Kind::Goaway => {}
        }
        None
    }
    // ANCHOR_END: handle

    // ANCHOR: submit
    fn submit(&self, request: Frame, connection: &Arc<Connection>) -> Option<End> {
        let (id, kind) = (request.request_id, request.kind);
        let refusal = match connection.admit(id, kind) {
            Admission::Accepted => {
                if let Some(unknown) = request.extensions.unknown_critical(&self.acts_upon) {
                    let text = format!("extension {unknown} is critical, and unknown here");
                    Reply::new(Status::UNKNOWN_EXTENSION, text)
                } else if self.pool.try_submit(Job { request, connection: Arc::clone(connection) }).is_ok() {
                    return None;
                } else {
                    Reply::new(Status::BUSY, "too many requests wait for a worker")
                }
            }
            Admission::Full => Reply::new(Status::BUSY, "too many requests in flight on this connection"),
            Admission::Twice => {
                return Some(self.bad_stream(Status::BAD_FRAME, format!("request id {id} is in flight")));
            }
            Admission::TooLate => return None,
        };
        if refusal.status == Status::BUSY {
            self.stats.busy.fetch_add(1, Relaxed);
        }
        match kind {
            Kind::Request => connection.send(refusal.into_frame(id)),
            _ => connection.done(id), // one-way
        }
        None
    }
    // ANCHOR_END: submit

    fn bad_stream(&self, status: Status, why: String) -> End {
        self.stats.bad_streams.fetch_add(1, Relaxed);
        End::Goodbye(status, why)
    }
}

/// How a connection ends.
enum End {
    /// The peer has closed. It may still read.
    PeerLeft,
    /// We leave, and say why.
    Goodbye(Status, String),
}

/// What a worker does with a request.
// ANCHOR: run
fn run(service: &dyn FrameService, job: &Job, stats: &ServerStats) {
    let Job { request, connection } = job;
    let id = request.request_id;
    if !connection.begin(id) {
        return; // cancelled while it waited
    }
    stats.run.fetch_add(1, Relaxed);
    // The service is only seen through `&dyn FrameService`; what it broke inside itself is its own business.
    let reply = catch_unwind(AssertUnwindSafe(|| service.call(request))).unwrap_or_else(|payload| {
        // What it panicked with may panic again while it is dropped; then somebody would wait for ever.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
        Reply::new(Status::INTERNAL, "the service panicked")
    });
    match request.kind {
        Kind::Request => connection.reply(reply.into_frame(id)),
        _ => connection.done(id), // one-way
    }
}
// ANCHOR_END: run

/// What a decoder cannot see, because it is no matter of bytes. Rules that nobody keeps cannot be relied upon
/// later.
fn breaks_a_rule(frame: &Frame) -> Option<String> {
    let Frame { kind, request_id, .. } = frame;
    let is_call = matches!(kind, Kind::Request | Kind::OneWay);
    match (kind, request_id) {
        (Kind::Heartbeat, 1..) => return Some(format!("a heartbeat has id 0, this one has {request_id}")),
        (Kind::Request | Kind::OneWay | Kind::Cancel, 0) => {
            return Some(format!("id 0 belongs to the connection, not to a {kind}"));
        }
        _ => {}
    }
    // A call can be refused; of anything else nobody knows what ignoring it would mean.
    let unknown = frame.extensions.unknown_critical(&[]).filter(|_| !is_call)?;
    Some(format!("extension {unknown} of a {kind} is critical, and unknown here"))
}

fn status_of(error: &DecodeError) -> Status {
    match error {
        DecodeError::UnknownVersion { .. } => Status::UNSUPPORTED_VERSION,
        _ => Status::BAD_FRAME,
    }
}
