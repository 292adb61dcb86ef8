//! What a server knows about one connection: what is to be written to it, and where its requests are.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::frame::Frame;
use crate::kind::Kind;
use crate::status::Status;
use crate::writer::{FrameWriter, WriteError};

/// One connection, shared by the thread that reads it and the workers that answer.
#[derive(Debug)]
pub(crate) struct Connection {
    writer: Mutex<FrameWriter>,
    /// Replies for whoever writes at the moment. At most one for each request in flight.
    outbox: Mutex<VecDeque<Frame>>,
    requests: Mutex<Requests>,
    answered: Condvar,
    max_in_flight: usize,
}

#[derive(Debug)]
struct Requests {
    in_flight: HashMap<u64, Stage>,
    /// The highest id that was accepted.
    last: u64,
    /// A goaway has been sent: nothing more is accepted.
    closing: bool,
    /// When something was written last.
    wrote: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// For a worker.
    Waiting(Kind),
    Running,
    /// Given up while it waited. It keeps its place until a worker throws it away: so nobody can fill the
    /// queue with requests that he cancels at once, and its id is not free while something with that id is
    /// queued.
    Cancelled,
}

/// What becomes of a request that has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    Accepted,
    /// As many are in flight as may be.
    Full,
    /// One with this id is in flight already, so a reply could not say which it answers.
    Twice,
    /// The goaway said that it would not be answered.
    TooLate,
}

impl Connection {
    pub(crate) fn new(writer: FrameWriter, max_in_flight: usize) -> Self {
        let requests = Requests { in_flight: HashMap::new(), last: 0, closing: false, wrote: Instant::now() };
        Self {
            writer: Mutex::new(writer),
            outbox: Mutex::default(),
            requests: Mutex::new(requests),
            answered: Condvar::new(),
            max_in_flight,
        }
    }

    // ANCHOR: admit
    pub(crate) fn admit(&self, id: u64, kind: Kind) -> Admission {
        let mut requests = self.requests();
        if requests.closing {
            return Admission::TooLate;
        }
        if requests.in_flight.contains_key(&id) {
            return Admission::Twice;
        }
        if requests.in_flight.len() >= self.max_in_flight {
            return Admission::Full;
        }
        requests.in_flight.insert(id, Stage::Waiting(kind));
        requests.last = requests.last.max(id);
        Admission::Accepted
    }
    // ANCHOR_END: admit

    /// A worker has it now. `false`: it was cancelled while it waited, and is gone.
    pub(crate) fn begin(&self, id: u64) -> bool {
        let mut requests = self.requests();
        match requests.in_flight.get_mut(&id) {
            Some(stage @ Stage::Waiting(_)) => {
                *stage = Stage::Running;
                true
            }
            _ => {
                self.remove(&mut requests, id);
                false
            }
        }
    }

    /// It is answered, or will never be.
    pub(crate) fn done(&self, id: u64) {
        self.remove(&mut self.requests(), id);
    }

    /// Nobody waits for it any more. `false`: it has begun already, or was never there.
    pub(crate) fn cancel(&self, id: u64) -> bool {
        match self.requests().in_flight.get_mut(&id) {
            Some(stage @ Stage::Waiting(_)) => {
                *stage = Stage::Cancelled;
                true
            }
            _ => false,
        }
    }

    /// The peer is gone: nobody waits for any of them.
    pub(crate) fn cancel_all(&self) {
        for stage in self.requests().in_flight.values_mut() {
            if matches!(stage, Stage::Waiting(_)) {
                *stage = Stage::Cancelled;
            }
        }
    }

    /// Whether the peer has a reason to be silent: it waits for an answer, or had one within `time`.
    pub(crate) fn is_active(&self, time: Duration) -> bool {
        let requests = self.requests();
        !requests.in_flight.is_empty() || requests.wrote.elapsed() < time
    }

    /// Waits until every accepted request is answered. Its handler decides how long that takes.
    pub(crate) fn wait_until_answered(&self) {
        let requests = self.requests();
        drop(self.answered.wait_while(requests, |requests| !requests.in_flight.is_empty()));
        drop(self.writer()); // the last reply may still be on its way
    }

    /// Writes `frame`, and waits for its turn: for the thread that reads. A peer that does not read is not
    /// read from either.
    pub(crate) fn send(&self, frame: Frame) {
        self.write(self.writer(), frame);
    }

    /// Leaves the reply of a service to be written: by this thread, or by the one that writes at the moment.
    /// So a peer that does not read holds one worker, and not all of them.
    // ANCHOR: reply
    pub(crate) fn reply(&self, frame: Frame) {
        self.outbox().push_back(frame);
        self.empty_the_outbox();
    }

    /// Whoever has written looks into the outbox after it has let go of the writer: a reply that was left
    /// there meanwhile has nobody else.
    fn empty_the_outbox(&self) {
        while !self.outbox().is_empty() {
            let Ok(mut writer) = self.writer.try_lock() else { return };
            loop {
                let Some(frame) = self.outbox().pop_front() else { break };
                self.push(&mut writer, frame);
            }
            self.flush(&mut writer);
        }
    }
    // ANCHOR_END: reply

    fn write(&self, mut writer: MutexGuard<'_, FrameWriter>, frame: Frame) {
        self.push(&mut writer, frame);
        self.flush(&mut writer);
        drop(writer);
        self.empty_the_outbox();
    }

    /// A request is done before its reply can be read: its id is free from then on.
    ///
    /// A reply that is no frame that the peer would take becomes an explanation; if even that is too long, a
    /// status. [P-05]
    fn push(&self, writer: &mut FrameWriter, frame: Frame) {
        if frame.kind == Kind::Response {
            self.done(frame.request_id);
        }
        if let Err(WriteError::Encode(error)) = writer.push(&frame) {
            let status = if frame.kind == Kind::Response { Status::REPLY_TOO_LONG } else { frame.status };
            let shorter = |text| Frame { status, body: text, ..Frame::new(frame.kind, frame.request_id, "") };
            if writer.push(&shorter(error.to_string().into())).is_err() {
                let _ = writer.push(&shorter("".into()));
            }
        }
    }

    fn flush(&self, writer: &mut FrameWriter) {
        // When it fails nobody is left to tell: the peer hears of it by the close.
        if writer.flush().is_ok() {
            self.requests().wrote = Instant::now();
        }
    }

    /// Says goodbye: what was accepted will still be answered, nothing else will be accepted.
    // ANCHOR: go_away
    pub(crate) fn go_away(&self, status: Status, why: &str) {
        let last = {
            let mut requests = self.requests();
            requests.closing = true;
            requests.last
        };
        self.send(Frame::goaway(last, status, why.to_owned()));
    }
    // ANCHOR_END: go_away

    /// The same for a server that stops, until `end`: what has not begun will not begin, and is told so. A
    /// client that has stopped reading hears it from the close that follows.
    pub(crate) fn go_away_now(&self, status: Status, why: &str, end: Instant) {
        let mut dropped = Vec::new();
        let last = {
            let mut requests = self.requests();
            requests.closing = true;
            requests.in_flight.retain(|&id, stage| {
                if *stage == Stage::Waiting(Kind::Request) {
                    dropped.push(id);
                }
                *stage == Stage::Running
            });
            self.tell(&requests);
            requests.in_flight.keys().copied().max().unwrap_or(0)
        };
        let Some(mut writer) = self.writer_before(end) else { return };
        writer.set_patience(end.saturating_duration_since(Instant::now()).max(LEAST_PATIENCE));
        for id in dropped {
            let _ = writer.push(&Frame::response(id, status, why.to_owned()));
        }
        self.write(writer, Frame::goaway(last, status, why.to_owned()));
    }

    /// The writer, unless somebody holds it all the time: whose client has stopped reading.
    fn writer_before(&self, end: Instant) -> Option<MutexGuard<'_, FrameWriter>> {
        /// std's mutex has no lock with a time-out, so it is asked again and again.
        const PAUSE: Duration = Duration::from_millis(1);
        loop {
            match self.writer.try_lock() {
                Ok(writer) => return Some(writer),
                Err(_) if Instant::now() >= end => return None,
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    fn remove(&self, requests: &mut Requests, id: u64) {
        requests.in_flight.remove(&id);
        self.tell(requests);
    }

    fn tell(&self, requests: &Requests) {
        if requests.in_flight.is_empty() {
            self.answered.notify_all();
        }
    }

    fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().expect("no code panics while it holds this lock")
    }

    fn outbox(&self) -> MutexGuard<'_, VecDeque<Frame>> {
        self.outbox.lock().expect("no code panics while it holds this lock")
    }

    fn writer(&self) -> MutexGuard<'_, FrameWriter> {
        self.writer.lock().expect("no code panics while it holds this lock")
    }
}

/// A socket takes no time-out of zero: 1 ms, when the time is up already.
const LEAST_PATIENCE: Duration = Duration::from_millis(1);
