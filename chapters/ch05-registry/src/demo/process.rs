//! Processes of this program, whose lines are noted with the time at which they came.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use demo_kit::Failure;

/// How long a process may take to say what is waited for: 20 s, which is far more than it needs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A line of one of the processes, or a word of the director.
#[derive(Debug, Clone)]
pub struct Event {
    pub at: Duration,
    pub who: &'static str,
    pub what: String,
}

/// Notes what happens, on one clock: a line has the time at which it was read.
pub struct Stage {
    start: Instant,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    events: Vec<Event>,
}

impl Stage {
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { start: Instant::now(), sender, receiver, events: Vec::new() }
    }

    /// Starts one of this program's tools as a process of its own.
    pub fn start(&mut self, who: &'static str, arguments: &[&str]) -> Result<Process, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        self.note_lines(who, BufReader::new(child.stdout.take().ok_or("no pipe")?));
        self.note_lines(who, BufReader::new(child.stderr.take().ok_or("no pipe")?));
        Ok(Process(child))
    }

    fn note_lines(&self, who: &'static str, lines: impl BufRead + Send + 'static) {
        let (sender, start) = (self.sender.clone(), self.start);
        thread::spawn(move || {
            for what in lines.lines().map_while(Result::ok) {
                // Nobody listens after the last act.
                let _ = sender.send(Event { at: start.elapsed(), who, what });
            }
        });
    }

    /// Something that the director does now.
    pub fn note(&mut self, what: impl Into<String>) -> Duration {
        let at = self.start.elapsed();
        self.events.push(Event { at, who: "", what: what.into() });
        at
    }

    /// Waits for a line of `who` that `is` accepts, unless it has come already.
    pub fn wait(&mut self, who: &str, is: impl Fn(&str) -> bool) -> Result<Event, Failure> {
        if let Some(event) = self.events.iter().find(|event| event.who == who && is(&event.what)) {
            return Ok(event.clone());
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.receiver.recv_timeout(left).map_err(|_| {
                let said: Vec<_> = self.events.iter().map(|event| event.what.as_str()).collect();
                format!("{who} has not said what was waited for; so far: {}", said.join(" / "))
            })?;
            self.events.push(event.clone());
            if event.who == who && is(&event.what) {
                return Ok(event);
            }
        }
    }

    /// Everything, in the order of its time.
    pub fn events(mut self) -> Vec<Event> {
        self.events.extend(self.receiver.try_iter());
        self.events.sort_by_key(|event| event.at);
        self.events
    }
}

/// A process that is killed at the end, whatever happens.
pub struct Process(Child);

impl Process {
    /// `kill -9`: it can do nothing any more, not even say goodbye.
    pub fn kill(&mut self) -> Result<(), Failure> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    /// Asks it to end, as Ctrl-C does, and waits until it has.
    pub fn stop(&mut self) -> Result<(), Failure> {
        self.ask()?;
        self.0.wait()?;
        Ok(())
    }

    #[cfg(unix)]
    fn ask(&self) -> Result<(), Failure> {
        let id = nix::unistd::Pid::from_raw(self.0.id().try_into()?);
        Ok(nix::sys::signal::kill(id, nix::sys::signal::Signal::SIGTERM)?)
    }

    /// There is no such signal: it is killed.
    #[cfg(not(unix))]
    fn ask(&mut self) -> Result<(), Failure> {
        Ok(self.0.kill()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
