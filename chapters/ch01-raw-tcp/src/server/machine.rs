//! One connection as a state machine, for a thread that may never wait.
//!
//! A blocking server keeps its place in the call stack: "I am in the middle of this line." A thread that
//! serves a thousand connections cannot stand still, so the place must be kept in a struct.
//!
//! ```text
//!             read: bytes                 line complete
//!   ┌────────────┐ ───▶ input ──────────▶ service ──▶ output ┌────────────┐
//!   │   socket   │                                           │   socket   │
//!   └────────────┘ ◀─── would block: come back when readable └────────────┘
//!                       would block: come back when writable ◀───┘
//! ```

use std::io::{self, Read, Write};
use std::time::Instant;

use crate::dispatch::answer;
use crate::limits::Limits;
use crate::line::{LineBuffer, READ_CHUNK};
use crate::message::{Code, Reply};
use crate::service::Service;

/// How many reads one connection may do before the others get their turn: 16, that is 64 KiB. A peer that
/// sends without a pause must not starve the rest.
const READS_PER_TURN: usize = 16;

/// How many lines one connection may have answered in a turn: 256. A bound on bytes is none on work: 64 KiB
/// hold 65,536 empty lines, and each of them is a call and a write.
const LINES_PER_TURN: usize = 256;

/// How much is thrown away after a refusal, before the connection is closed: 1 MiB. Closing with bytes unread
/// makes the kernel reset the connection, and a reset takes the replies with it that are still on their way.
pub(super) const DISCARD: usize = 1 << 20;

/// Why a connection came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// The peer closed between two lines.
    Closed,
    /// The peer closed in the middle of a line. The half line was not run.
    CutOff,
    /// The peer was silent for longer than `idle_timeout`.
    Idle,
    /// We closed it, after an error reply with this code.
    Refused(Code),
    /// Reset, broken pipe, or a peer that does not take its reply: nobody is there to talk to.
    PeerVanished,
}

/// What a turn has brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Come back when what it [wants](Connection::wants) is there.
    Open,
    /// Drop it.
    Finished(Finish),
}

/// What a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wants {
    /// Tell me when there is something to read.
    pub read: bool,
    /// Tell me when there is room to write.
    pub write: bool,
}

/// A connection that never blocks. `S` is a non-blocking socket, or a script in a test. [T-05]
#[derive(Debug)]
pub struct Connection<S> {
    stream: S,
    input: LineBuffer,
    /// The reply that the socket has not wholly taken yet: at most one.
    output: Vec<u8>,
    /// How many bytes of it the socket has taken.
    written: usize,
    /// A line was taken or all output was written since the deadline was last set: the present wait is a
    /// new one, even if it is of the same kind.
    moved_on: bool,
    /// Lines were left for the next turn. No event comes for what has left the kernel already, so we ask for
    /// room to write: that is there nearly always, and brings the turn.
    more: bool,
    /// Set once the connection is to end as soon as the output is out.
    finish: Option<Finish>,
    /// When the present wait ends: for silence, for the rest of a line, or for room to write.
    deadline: Instant,
    max_line: usize,
    line_timeout: std::time::Duration,
    idle_timeout: std::time::Duration,
}

impl<S: Read + Write> Connection<S> {
    /// Takes over `stream`, which must not block.
    pub fn new(stream: S, limits: &Limits, now: Instant) -> Self {
        Self {
            stream,
            input: LineBuffer::new(limits.max_line),
            output: Vec::new(),
            written: 0,
            moved_on: false,
            more: false,
            finish: None,
            deadline: now + limits.idle_timeout,
            max_line: limits.max_line,
            line_timeout: limits.line_timeout,
            idle_timeout: limits.idle_timeout,
        }
    }

    /// The stream, to register it with a poller.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// Reads, answers and writes until nothing more can be done without waiting, or its turn is over.
    // ANCHOR: turn
    pub fn turn(&mut self, service: &dyn Service, now: Instant) -> Status {
        let was = self.waiting_for();
        if let Err(finish) = self.work(service) {
            return Status::Finished(finish);
        }
        if let Some(finish) = self.finish
            && self.output.is_empty()
        {
            self.discard();
            return Status::Finished(finish);
        }
        // A new wait has a new deadline; the same wait keeps the old one, so that a byte now and then
        // cannot stretch it.
        let waiting = self.waiting_for();
        if waiting != was || self.moved_on {
            self.moved_on = false;
            self.deadline = now + waiting.limit(self);
        }
        Status::Open
    }
    // ANCHOR_END: turn

    // ANCHOR: work
    fn work(&mut self, service: &dyn Service) -> Result<(), Finish> {
        let mut chunk = [0; READ_CHUNK];
        let (mut reads, mut lines) = (0, 0);
        loop {
            self.flush()?;
            self.more = lines == LINES_PER_TURN;
            // Back-pressure: while the peer does not take its reply, it gets no other one. [T-08]
            if self.more || !self.output.is_empty() || self.finish.is_some() {
                return Ok(());
            }
            match self.input.next_line() {
                Ok(Some(line)) => {
                    lines += 1;
                    self.reply(answer(service, &line, self.max_line));
                }
                Err(error) => self.refuse(Code::TooLong, &error.to_string()),
                // Only when no whole line is left: bytes that have left the kernel raise no further event.
                Ok(None) if reads == READS_PER_TURN => return Ok(()),
                // ANCHOR_END: work
                // ANCHOR: work-read
                Ok(None) => {
                    reads += 1;
                    match self.stream.read(&mut chunk) {
                        Ok(0) if self.input.unfinished() > 0 => return Err(Finish::CutOff),
                        Ok(0) => return Err(Finish::Closed),
                        Ok(count) => self.input.feed(&chunk[..count]),
                        Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(_) => return Err(Finish::PeerVanished),
                    }
                }
            }
        }
    }
    // ANCHOR_END: work-read

    fn reply(&mut self, line: Vec<u8>) {
        self.moved_on = true;
        self.output = line;
    }

    // ANCHOR: flush
    fn flush(&mut self) -> Result<(), Finish> {
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(0) => return Err(Finish::PeerVanished),
                Ok(count) => self.written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Finish::PeerVanished),
            }
        }
        self.output.clear();
        self.written = 0;
        Ok(())
    }
    // ANCHOR_END: flush

    /// Takes what the peer has sent meanwhile, and forgets it.
    fn discard(&mut self) {
        let mut chunk = [0; READ_CHUNK];
        for _ in 0..DISCARD / READ_CHUNK {
            match self.stream.read(&mut chunk) {
                Ok(1..) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                _ => return,
            }
        }
    }

    /// Looks at the clock: silence, an unfinished line and an untaken reply all end some time.
    pub fn tick(&mut self, now: Instant) -> Status {
        if now < self.deadline {
            return Status::Open;
        }
        match self.waiting_for() {
            Waiting::Silence => Status::Finished(Finish::Idle),
            Waiting::Room => Status::Finished(Finish::PeerVanished),
            Waiting::RestOfLine => {
                self.refuse(Code::Timeout, "the line was not finished in time");
                // One attempt. A peer that owes us half a line is not waited for a second time.
                let _ = self.flush();
                self.discard();
                Status::Finished(Finish::Refused(Code::Timeout))
            }
        }
    }

    /// What to wait for now.
    // ANCHOR: wants
    pub fn wants(&self) -> Wants {
        let write = self.more || self.waiting_for() == Waiting::Room;
        Wants { read: !write, write }
    }
    // ANCHOR_END: wants

    /// When [`tick`](Self::tick) will have something to say.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    fn refuse(&mut self, code: Code, text: &str) {
        self.output = Reply::Error(code, text.to_owned()).to_wire();
        self.finish = Some(Finish::Refused(code));
    }

    fn waiting_for(&self) -> Waiting {
        if !self.output.is_empty() {
            Waiting::Room
        } else if self.input.unfinished() > 0 {
            Waiting::RestOfLine
        } else {
            Waiting::Silence
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Silence,
    RestOfLine,
    Room,
}

impl Waiting {
    fn limit<S>(self, connection: &Connection<S>) -> std::time::Duration {
        match self {
            Self::Silence => connection.idle_timeout,
            Self::RestOfLine | Self::Room => connection.line_timeout,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use super::*;
    use spec_kit::{Input, ScriptedStream};

    fn echo(request: &[u8]) -> Vec<u8> {
        request.to_vec()
    }

    fn connection(input: impl IntoIterator<Item = Input>) -> (Connection<ScriptedStream>, Instant) {
        let now = Instant::now();
        (Connection::new(ScriptedStream::new(input), &Limits::default(), now), now)
    }

    const WOULD_BLOCK: Input = Input::Fails(ErrorKind::WouldBlock);

    #[test]
    fn would_block_at_every_point_changes_nothing() {
        let request = b"one\ntwo\n";
        for read_pause in 0..=request.len() {
            for write_pause in 0..=request.len() {
                let (first, second) = request.split_at(read_pause);
                let (mut connection, now) =
                    connection([Input::bytes(first), WOULD_BLOCK, Input::bytes(second), WOULD_BLOCK]);
                connection.stream.write_plan.extend([Ok(write_pause.max(1)), Err(ErrorKind::WouldBlock)]);
                let mut turns = 0;
                while connection.turn(&echo, now) == Status::Open {
                    turns += 1;
                    assert!(turns < 10, "it must come to an end");
                }
                assert_eq!(connection.stream.written, request, "pauses at {read_pause} and {write_pause}");
            }
        }
    }

    #[test]
    fn wants_room_only_while_a_reply_waits() {
        let (mut connection, now) = connection([Input::bytes("hello\n"), WOULD_BLOCK]);
        assert_eq!(connection.wants(), Wants { read: true, write: false });
        connection.stream.write_plan.extend([Ok(2), Err(ErrorKind::WouldBlock)]);
        assert_eq!(connection.turn(&echo, now), Status::Open);
        assert_eq!(connection.wants(), Wants { read: false, write: true });
        assert_eq!(connection.turn(&echo, now), Status::Open);
        assert_eq!(connection.wants(), Wants { read: true, write: false });
        assert_eq!(connection.stream.written, b"hello\n");
    }

    #[test]
    fn a_peer_that_takes_no_replies_gets_no_new_ones() {
        let line = [b'x'; 1000];
        let requests = (0..1000).map(|_| Input::bytes([&line[..], b"\n"].concat()));
        let (mut connection, now) = connection(requests);
        connection.stream.write_plan.extend([Err(ErrorKind::WouldBlock); 100]);
        for _ in 0..100 {
            assert_eq!(connection.turn(&echo, now), Status::Open);
        }
        // One reply, and what one read brought.
        let bound = 1001 + READ_CHUNK;
        let held = connection.output.len() + connection.input.unfinished();
        assert!(held <= bound, "it holds {held} bytes, the bound is {bound}");
    }

    #[test]
    fn lines_that_came_together_are_all_answered_before_the_turn_ends() {
        // Big replies to small requests: no event would come for lines that have left the kernel already.
        let big = |_: &[u8]| vec![b'x'; 8000];
        let (mut staying, now) = connection([Input::bytes("go\n".repeat(50)), WOULD_BLOCK]);
        assert_eq!(staying.turn(&big, now), Status::Open);
        assert_eq!(staying.stream.written.len(), 50 * 8001);

        let (mut leaving, now) = connection([Input::bytes("go\n".repeat(5))]);
        assert_eq!(leaving.turn(&big, now), Status::Finished(Finish::Closed));
        assert_eq!(leaving.stream.written.len(), 5 * 8001);
    }

    #[test]
    fn small_requests_with_big_replies_do_not_pile_up() {
        let big = |_: &[u8]| vec![b'x'; 8000];
        let requests = (0..1000).map(|_| Input::bytes("go\n".repeat(1000)));
        let (mut connection, now) = connection(requests);
        for _ in 0..20 {
            connection.stream.write_plan.extend([Ok(usize::MAX), Ok(usize::MAX), Err(ErrorKind::WouldBlock)]);
            assert_eq!(connection.turn(&big, now), Status::Open);
            let held = connection.input.unfinished();
            assert!(held <= READ_CHUNK, "{held} bytes of requests are waiting unanswered");
        }
    }

    #[test]
    fn a_peer_that_never_pauses_gives_the_others_their_turn() {
        let (mut connection, now) = connection((0..1000).map(|_| Input::bytes("hello\n")));
        assert_eq!(connection.turn(&echo, now), Status::Open);
        assert_eq!(connection.stream.reads, READS_PER_TURN);
    }

    #[test]
    fn many_small_calls_are_a_turn_too() {
        let (mut connection, now) = connection([Input::bytes("\n".repeat(1000)), WOULD_BLOCK]);
        for turn in 1..=3 {
            assert_eq!(connection.turn(&echo, now), Status::Open);
            assert_eq!(connection.stream.written.len(), turn * LINES_PER_TURN);
            // Nothing more will arrive, so only asking for room brings the next turn.
            assert_eq!(connection.wants(), Wants { read: false, write: true }, "after turn {turn}");
        }
        assert_eq!(connection.turn(&echo, now), Status::Open);
        assert_eq!(connection.stream.written.len(), 1000);
        assert_eq!(connection.wants(), Wants { read: true, write: false });
    }

    #[test]
    fn a_signal_is_no_failure_and_a_failure_is_the_end() {
        let (mut interrupted, now) =
            connection([Input::Fails(ErrorKind::Interrupted), Input::bytes("hello\n"), WOULD_BLOCK]);
        interrupted.stream.write_plan.extend([Err(ErrorKind::Interrupted)]);
        assert_eq!(interrupted.turn(&echo, now), Status::Open);
        assert_eq!(interrupted.stream.written, b"hello\n");

        let vanished = Status::Finished(Finish::PeerVanished);
        let (mut reset, now) = connection([Input::Fails(ErrorKind::ConnectionReset)]);
        assert_eq!(reset.turn(&echo, now), vanished);
        for plan in [Err(ErrorKind::BrokenPipe), Ok(0)] {
            let (mut gone, now) = connection([Input::bytes("hello\n")]);
            gone.stream.write_plan.extend([plan]);
            assert_eq!(gone.turn(&echo, now), vanished, "{plan:?}");
        }
    }

    #[test]
    fn a_refusal_is_delivered_before_the_end_and_the_rest_is_thrown_away() {
        let mut input: Vec<_> = (0..3).map(|_| Input::bytes([b'x'; READ_CHUNK])).collect();
        input.extend([
            Input::bytes("more\n"),
            Input::Fails(ErrorKind::Interrupted),
            Input::bytes("and more\n"),
        ]);
        input.push(WOULD_BLOCK);
        let (mut connection, now) = connection(input);
        connection.stream.write_plan.extend([Ok(5), Err(ErrorKind::WouldBlock)]);
        assert_eq!(connection.turn(&echo, now), Status::Open, "the refusal is not out yet");
        assert_eq!(connection.turn(&echo, now), Status::Finished(Finish::Refused(Code::TooLong)));
        assert_eq!(connection.stream.written, b"error too-long a line is longer than 8192 bytes\n");
        assert_eq!(connection.stream.unread(), b"", "closing with bytes unread would reset the connection");
        assert_eq!(connection.stream.reads, 3 + 4, "would block ends it: a refused peer is not waited for");
    }

    #[test]
    fn a_refused_peer_that_goes_on_for_ever_is_not_listened_to_for_ever() {
        let chunks = 3 + DISCARD / READ_CHUNK + 10;
        let (mut connection, now) = connection((0..chunks).map(|_| Input::bytes([b'x'; READ_CHUNK])));
        assert_eq!(connection.turn(&echo, now), Status::Finished(Finish::Refused(Code::TooLong)));
        assert_eq!(connection.stream.unread().len(), 10 * READ_CHUNK);
    }

    #[test]
    fn half_a_line_and_then_the_end_is_not_run() {
        let (mut connection, now) = connection([Input::bytes("place_order 1 mou")]);
        let service = |_: &[u8]| -> Vec<u8> { unreachable!("half a request must not run") };
        assert_eq!(connection.turn(&service, now), Status::Finished(Finish::CutOff));
    }

    #[test]
    fn each_wait_has_its_own_end() {
        let limits = Limits::default();
        let (mut silent, now) = connection([WOULD_BLOCK]);
        silent.turn(&echo, now);
        assert_eq!(silent.tick(now + limits.idle_timeout - Duration::from_nanos(1)), Status::Open);
        assert_eq!(silent.tick(now + limits.idle_timeout), Status::Finished(Finish::Idle));

        let (mut slow, now) = connection([Input::bytes("h"), WOULD_BLOCK, Input::bytes("e"), WOULD_BLOCK]);
        slow.turn(&echo, now);
        // A byte just before the end does not buy more time.
        slow.turn(&echo, now + limits.line_timeout - Duration::from_nanos(1));
        assert_eq!(slow.tick(now + limits.line_timeout), Status::Finished(Finish::Refused(Code::Timeout)));
        assert_eq!(slow.stream.written, b"error timeout the line was not finished in time\n");

        let (mut deaf, now) = connection([Input::bytes("hello\n"), WOULD_BLOCK]);
        deaf.stream.write_plan.extend([Err(ErrorKind::WouldBlock); 4]);
        deaf.turn(&echo, now);
        assert_eq!(deaf.tick(now + limits.line_timeout), Status::Finished(Finish::PeerVanished));
    }

    #[test]
    fn a_busy_peer_whose_reads_end_inside_lines_is_not_slow() {
        let (mut busy, start) = connection(
            ["on", "e\ntw", "o\nthr", "ee\nfo"]
                .into_iter()
                .flat_map(|piece| [Input::bytes(piece), WOULD_BLOCK]),
        );
        for step in 0..4 {
            let now = start + Duration::from_secs(9) * step;
            assert_eq!(busy.tick(now), Status::Open, "at {step}");
            assert_eq!(busy.turn(&echo, now), Status::Open);
        }
    }

    #[test]
    fn a_line_above_the_limit_is_answered_and_closed() {
        let (mut connection, now) = connection((0..3).map(|_| Input::bytes([b'x'; READ_CHUNK])));
        assert_eq!(connection.turn(&echo, now), Status::Finished(Finish::Refused(Code::TooLong)));
        assert_eq!(connection.stream.written, b"error too-long a line is longer than 8192 bytes\n");
    }
}
