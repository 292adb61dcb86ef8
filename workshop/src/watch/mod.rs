//! The watch view: `cargo workshop` in a terminal.
//!
//! [`app`] decides and does no I/O; [`screen`] turns its state into lines; this file drives both: it collects
//! keys, saves and verdicts in one queue, and carries out what the app asks for.

mod app;
mod book_server;
mod saves;
mod screen;
mod terminal;
mod wrap;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event as term_event;

use crate::check;
use crate::child::Leash;
use crate::commands::{hint::Hint, solution, upgrade};
use crate::exercise;
use crate::paint::Paint;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::root::Workshop;
use crate::source::Fingerprint;
use crate::state::Standing;
use app::{Action, App, Event};
use book_server::BookServer;
use saves::Saves;
use terminal::Terminal;

/// One save is several events: truncate, write, rename. A check begins when they have been quiet this long;
/// much less than a person notices, and much more than lies between two events of one save.
const QUIET: Duration = Duration::from_millis(15);

/// A program that writes without pause cannot put the check off for longer than this.
const QUIET_AT_MOST: Duration = Duration::from_millis(200);

/// How many inputs may wait. The view takes each within milliseconds; a checkout of the whole tree makes a few
/// hundred file events, and whoever brings more waits at the door.
const QUEUE: usize = 256;

/// What comes in from outside.
enum Input {
    Terminal(term_event::Event),
    Files(Vec<PathBuf>),
    /// A check ended: which one, counted, and how.
    Checked(u64, anyhow::Result<Box<check::Report>>),
    Note(String),
    /// The book's server is there, at this URL.
    Served(String),
    /// A signal asks the runner to end.
    End,
}

/// Shows the view until the reader leaves it.
///
/// # Errors
/// When the terminal cannot be used or the exercises cannot be watched.
pub fn run(workshop: Workshop) -> anyhow::Result<()> {
    let (tell, inputs) = sync_channel(QUEUE);
    let on_signal = tell.clone();
    ctrlc::set_handler(move || {
        let _ = on_signal.send(Input::End);
    })?;
    let (progress, lost) = Progress::load(&workshop.notes())?;
    let on_save = tell.clone();
    let saves = Saves::watch(&workshop.root, move |files| {
        let _ = on_save.send(Input::Files(files));
    })?;
    let standing = Standing::look(&workshop, &progress)?;
    let on = standing.current.clone().or_else(|| progress.chosen.clone());
    let on = on.or_else(|| workshop.exercises.first().map(|exercise| exercise.id.clone()));
    let on = on.ok_or_else(|| Problem::Refused("there is no exercise yet".to_owned()))?;
    let (mut app, actions) = App::new(standing, on, saves.polling.clone());
    app.note = lost.or_else(|| upgrade::interrupted(&workshop));
    let mut terminal = Terminal::take()?;
    let on_key = tell.clone();
    // It waits for a key when the view closes, and ends with the process.
    thread::spawn(move || {
        while let Ok(event) = term_event::read() {
            if on_key.send(Input::Terminal(event)).is_err() {
                break;
            }
        }
        // The terminal is gone.
        let _ = on_key.send(Input::End);
    });
    let mut driver = Driver {
        seen: fingerprints(&workshop),
        workshop: Arc::new(workshop),
        tell,
        check: Leash::default(),
        checks: 0,
        book: BookServer::default(),
    };
    let result = driver.drive(&mut app, actions, &inputs, &mut terminal);
    driver.check.pull();
    driver.book.stop();
    result
}

fn fingerprints(workshop: &Workshop) -> BTreeMap<String, Fingerprint> {
    let of = |exercise: &exercise::Exercise| {
        Some((exercise.id.clone(), Fingerprint::of(&workshop.root, exercise).ok()?))
    };
    workshop.exercises.iter().filter_map(of).collect()
}

struct Driver {
    workshop: Arc<Workshop>,
    tell: SyncSender<Input>,
    /// What each exercise held when it was last looked at.
    seen: BTreeMap<String, Fingerprint>,
    /// Ends the check that is running.
    check: Leash,
    /// How many checks were begun: a verdict counts only when it is the last one's.
    checks: u64,
    book: BookServer,
}

impl Driver {
    fn drive(
        &mut self,
        app: &mut App,
        mut actions: Vec<Action>,
        inputs: &Receiver<Input>,
        terminal: &mut Terminal,
    ) -> anyhow::Result<()> {
        let paint = Paint::for_stdout();
        let mut pending = None;
        loop {
            for action in std::mem::take(&mut actions) {
                match self.act(action) {
                    Ok(Done::Go(Some(event))) => actions.extend(app.update(event)),
                    Ok(Done::Go(None)) => {}
                    Ok(Done::Quit) => return Ok(()),
                    Err(error) => actions.extend(app.update(Event::Failed(format!("{error:#}")))),
                }
            }
            if !actions.is_empty() {
                continue;
            }
            terminal.show(&screen::draw(app, &self.workshop, terminal.size(), paint))?;
            let Some(input) = pending.take().or_else(|| inputs.recv().ok()) else { return Ok(()) };
            let event = match input {
                Input::End => return Ok(()),
                Input::Terminal(term_event::Event::Key(key))
                    if key.kind != term_event::KeyEventKind::Release =>
                {
                    Some(Event::Key(key))
                }
                // Drawing again is all that a new size needs.
                Input::Terminal(_) => None,
                Input::Note(line) => Some(Event::Note(line)),
                Input::Served(url) => Some(Event::Note(self.book.served(url))),
                Input::Checked(number, _) if number != self.checks => None,
                Input::Checked(_, Err(error)) => Some(Event::Failed(format!("{error:#}"))),
                Input::Checked(_, Ok(report)) => {
                    actions.extend(app.update(Event::Standing(self.look()?)));
                    Some(Event::Checked(report))
                }
                Input::Files(files) => {
                    let (files, other) = settle(files, inputs);
                    pending = other;
                    self.saved(&files, &app.on)
                }
            };
            actions.extend(event.map(|event| app.update(event)).unwrap_or_default());
        }
    }

    fn look(&self) -> anyhow::Result<Standing> {
        Standing::look(&self.workshop, &Progress::load(&self.workshop.notes())?.0)
    }

    /// The exercise that a save really changed; the one in view first, when several were.
    fn saved(&mut self, files: &[PathBuf], on: &str) -> Option<Event> {
        let workshop = Arc::clone(&self.workshop);
        let mut touched: Vec<_> = files
            .iter()
            .filter_map(|file| exercise::owner(&workshop.exercises, &workshop.root, file))
            .collect();
        touched.sort_by_key(|exercise| (exercise.id != on, exercise.id.clone()));
        touched.dedup_by_key(|exercise| exercise.id.clone());
        let mut changed = None;
        for exercise in touched {
            // In the middle of a rename the file may be missing: its next event comes.
            let Ok(now) = Fingerprint::of(&workshop.root, exercise) else { continue };
            if self.seen.insert(exercise.id.clone(), now.clone()) != Some(now) && changed.is_none() {
                changed = Some(Event::Saved(exercise.id.clone()));
            }
        }
        changed
    }

    fn act(&mut self, action: Action) -> anyhow::Result<Done> {
        let workshop = Arc::clone(&self.workshop);
        let find = |id: &str| exercise::find(&workshop.exercises, id);
        Ok(Done::Go(match action {
            Action::Quit => return Ok(Done::Quit),
            Action::Check(id) => {
                self.start_check(&id);
                None
            }
            Action::Hint(id) => Some(Event::Hint(Hint::of(&workshop, find(&id)?, None)?)),
            Action::Solution(id) => {
                let text = solution::diff(&workshop, find(&id)?, Paint::for_stdout())?;
                Some(Event::Text(format!("{id}: from yours to the solution"), text))
            }
            Action::Book(id) => {
                let exercise = find(&id)?;
                Some(Event::Note(self.book.open(&workshop, &exercise.page, &self.tell)))
            }
            Action::Choose(id) => {
                Progress::update(&workshop.notes(), |progress| progress.chosen = Some(id))?;
                Some(Event::Standing(self.look()?))
            }
        }))
    }

    fn start_check(&mut self, id: &str) {
        self.check.pull();
        self.check = Leash::default();
        self.checks += 1;
        let (number, leash, tell) = (self.checks, self.check.clone(), self.tell.clone());
        let (workshop, id) = (Arc::clone(&self.workshop), id.to_owned());
        thread::spawn(move || {
            let colour = Paint::for_stdout().on();
            let result = exercise::find(&workshop.exercises, &id)
                .map_err(Into::into)
                .and_then(|exercise| check::check(&workshop, exercise, colour, &leash));
            let _ = tell.send(Input::Checked(number, result.map(Box::new)));
        });
    }
}

enum Done {
    Go(Option<Event>),
    Quit,
}

/// Waits until the events of one save have come in. The second value is an input of another kind that
/// came in between.
fn settle(mut files: Vec<PathBuf>, inputs: &Receiver<Input>) -> (Vec<PathBuf>, Option<Input>) {
    let end = Instant::now() + QUIET_AT_MOST;
    while Instant::now() < end {
        match inputs.recv_timeout(QUIET) {
            Ok(Input::Files(more)) => files.extend(more),
            Ok(other) => return (files, Some(other)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    (files, None)
}
