//! What a server knows about one connection: what may be written to it, and where its requests are.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::frame::Frame;
use crate::status::Status;
use crate::writer::{FrameWriter, WriteError};

/// How long a stopping server may spend on telling one client: 100 ms. A goaway is some fifty bytes and needs
/// no time, unless that client has stopped reading.
const GOODBYE_PATIENCE: Duration = Duration::from_millis(100);

/// One connection, shared by the thread that reads it and the workers that answer.
#[derive(Debug)]
pub(crate) struct Connection {
    writer: Mutex<FrameWriter>,
    requests: Mutex<Requests>,
    answered: Condvar,
    max_in_flight: usize,
}

#[derive(Debug, Default)]
struct Requests {
    in_flight: HashMap<u64, Stage>,
    /// The highest id that was accepted.
    last: u64,
    /// A goaway has been sent: nothing more is accepted.
    closing: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running,
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
        Self {
            writer: Mutex::new(writer),
            requests: Mutex::default(),
            answered: Condvar::new(),
            max_in_flight,
        }
    }

    // ANCHOR: admit
    pub(crate) fn admit(&self, id: u64) -> Admission {
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
        requests.in_flight.insert(id, Stage::Waiting);
        requests.last = requests.last.max(id);
        Admission::Accepted
    }
    // ANCHOR_END: admit

    /// A worker has it now. `false`: it was cancelled while it waited.
    pub(crate) fn begin(&self, id: u64) -> bool {
        let mut requests = self.requests();
        let stage = requests.in_flight.get_mut(&id);
        stage.map(|stage| *stage = Stage::Running).is_some()
    }

    /// It is answered, or will never be.
    pub(crate) fn done(&self, id: u64) {
        let mut requests = self.requests();
        requests.in_flight.remove(&id);
        self.tell(&requests);
    }

    /// Nobody waits for it any more. `false`: it has begun already, or was never there.
    pub(crate) fn cancel(&self, id: u64) -> bool {
        let mut requests = self.requests();
        if requests.in_flight.get(&id) != Some(&Stage::Waiting) {
            return false;
        }
        requests.in_flight.remove(&id);
        self.tell(&requests);
        true
    }

    /// Waits until every accepted request is answered. Its handler decides how long that takes.
    pub(crate) fn wait_until_answered(&self) {
        let requests = self.requests();
        drop(self.answered.wait_while(requests, |requests| !requests.in_flight.is_empty()));
        drop(self.writer()); // the last reply may still be on its way
    }

    /// Writes `frame`. A connection that fails is closed, which ends the thread that reads it, too.
    pub(crate) fn send(&self, frame: &Frame) {
        // Nobody is left to tell: the peer hears of it by the close.
        let _ = self.writer().send(frame);
    }

    /// Writes the reply of a service, or an explanation when it is no frame that the peer would take. [P-05]
    ///
    /// The request is done before its reply can be read: a peer may take its id for free from then on.
    pub(crate) fn reply(&self, frame: &Frame) {
        let mut writer = self.writer();
        self.done(frame.request_id);
        if let Err(WriteError::Encode(error)) = writer.send(frame) {
            let explanation = Frame::response(frame.request_id, Status::REPLY_TOO_LONG, error.to_string());
            let _ = writer.send(&explanation);
        }
    }

    /// Says goodbye: what was accepted will still be answered, nothing else will be accepted.
    // ANCHOR: go_away
    pub(crate) fn go_away(&self, status: Status, why: &str) {
        let last = self.accept_no_more();
        self.send(&Frame::goaway(last, status, why.to_owned()));
    }
    // ANCHOR_END: go_away

    /// The same for a server that stops: what has not begun will not begin, and telling must not take long. A
    /// client that has stopped reading hears it from the close that follows.
    pub(crate) fn go_away_now(&self, status: Status, why: &str) {
        let last = self.accept_no_more();
        let mut requests = self.requests();
        requests.in_flight.retain(|_, stage| *stage == Stage::Running);
        self.tell(&requests);
        drop(requests);
        if let Some(mut writer) = self.writer_within(GOODBYE_PATIENCE)
            && writer.set_patience(GOODBYE_PATIENCE).is_ok()
        {
            let _ = writer.send(&Frame::goaway(last, status, why.to_owned()));
        }
    }

    /// The writer, unless somebody holds it all the time: whose client has stopped reading.
    fn writer_within(&self, patience: Duration) -> Option<MutexGuard<'_, FrameWriter>> {
        /// std's mutex has no lock with a time-out, so it is asked again and again.
        const PAUSE: Duration = Duration::from_millis(1);
        let end = Instant::now() + patience;
        loop {
            match self.writer.try_lock() {
                Ok(writer) => return Some(writer),
                Err(_) if Instant::now() >= end => return None,
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    fn accept_no_more(&self) -> u64 {
        let mut requests = self.requests();
        requests.closing = true;
        requests.last
    }

    fn tell(&self, requests: &Requests) {
        if requests.in_flight.is_empty() {
            self.answered.notify_all();
        }
    }

    fn requests(&self) -> MutexGuard<'_, Requests> {
        self.requests.lock().expect("no code panics while it holds this lock")
    }

    fn writer(&self) -> MutexGuard<'_, FrameWriter> {
        self.writer.lock().expect("no code panics while it holds this lock")
    }
}
