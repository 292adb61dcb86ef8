//! The watch view's state. It does no I/O: an event comes in, actions come out.
//!
//! ```text
//!   keys, saves, verdicts ─▶ App::update ─▶ actions (check this, show that hint, …) ─▶ the driver
//!                               │
//!                               └────────▶ screen::draw
//! ```

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::check::{Outcome, Report};
use crate::commands::hint::Hint;
use crate::state::{Standing, State};

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The reader saved a file of this exercise.
    Saved(String),
    /// A check ended.
    Checked(Box<Report>),
    /// A check could not be made; the line says why.
    Failed(String),
    /// The state of the exercises was looked at again.
    Standing(Standing),
    /// The hint that was asked for.
    Hint(Hint),
    /// A longer text that was asked for: its title and its lines.
    Text(String, String),
    /// One line to show above the keys.
    Note(String),
}

/// What the driver has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Run the spec; ends a check that is still running.
    Check(String),
    /// Fetch the next hint.
    Hint(String),
    /// Fetch the way from the reader's file to the solution.
    Solution(String),
    /// Show the exercise's page in the book.
    Book(String),
    /// Remember that the reader turned to this exercise.
    Choose(String),
    /// Close the view.
    Quit,
}

/// What fills the middle of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// The last verdict on the exercise in view.
    Verdict,
    /// Every exercise, one of them under the cursor.
    List(usize),
    /// A longer text with a title: raw output, the solution.
    Text(String, String),
    /// The keys and what they do.
    Keys,
}

/// Everything that the screen shows.
#[derive(Debug)]
pub struct App {
    /// Where the reader stands.
    pub standing: Standing,
    /// The exercise in view.
    pub on: String,
    /// The exercise whose spec is running.
    pub running: Option<String>,
    /// What is still to be checked after it.
    pub queue: Vec<String>,
    /// The last verdicts of this session.
    pub reports: BTreeMap<String, Report>,
    /// The hint that is shown below the verdict.
    pub hint: Option<Hint>,
    /// One line above the keys.
    pub note: Option<String>,
    /// What fills the middle.
    pub view: View,
    /// The first line of the middle that is shown.
    pub scroll: usize,
    /// Why saves are looked for once a second, where file events do not work.
    pub polling: Option<String>,
}

impl App {
    /// Opens on `on`, and asks for its first check.
    pub fn new(standing: Standing, on: String, polling: Option<String>) -> (Self, Vec<Action>) {
        let mut app = Self {
            standing,
            on: on.clone(),
            running: None,
            queue: Vec::new(),
            reports: BTreeMap::new(),
            hint: None,
            note: None,
            view: View::Verdict,
            scroll: 0,
            polling,
        };
        let actions = app.check(on);
        (app, actions)
    }

    /// Takes one event, and says what there is to do.
    pub fn update(&mut self, event: Event) -> Vec<Action> {
        match event {
            Event::Key(key) => self.key(key),
            Event::Saved(id) => {
                self.queue.clear();
                let mut actions = if id == self.on { Vec::new() } else { vec![self.turn_to(id.clone())] };
                self.view = View::Verdict;
                self.scroll = 0;
                self.note = None;
                actions.extend(self.check(id));
                actions
            }
            Event::Checked(report) => self.checked(*report),
            Event::Failed(line) => {
                self.running = None;
                self.queue.clear();
                self.note = Some(line);
                Vec::new()
            }
            Event::Standing(standing) => {
                self.standing = standing;
                Vec::new()
            }
            Event::Hint(hint) => {
                self.hint = Some(hint);
                self.view = View::Verdict;
                self.scroll = 0;
                Vec::new()
            }
            Event::Text(title, text) => {
                self.view = View::Text(title, text);
                self.scroll = 0;
                Vec::new()
            }
            Event::Note(line) => {
                self.note = Some(line);
                Vec::new()
            }
        }
    }

    /// The last verdict on the exercise in view.
    pub fn report(&self) -> Option<&Report> {
        self.reports.get(&self.on)
    }

    fn checked(&mut self, report: Report) -> Vec<Action> {
        if report.outcome == Outcome::Cancelled {
            return Vec::new();
        }
        self.running = None;
        if report.outcome == Outcome::Green && report.id == self.on {
            self.hint = None;
        }
        self.reports.insert(report.id.clone(), report);
        if self.queue.is_empty() {
            return Vec::new();
        }
        let next = self.queue.remove(0);
        self.check(next)
    }

    fn check(&mut self, id: String) -> Vec<Action> {
        let line = self.standing.line(&id);
        if line.is_some_and(|line| line.state == State::Unavailable) {
            self.note = Some(format!("{id} needs another operating system; it does not count here"));
            return Vec::new();
        }
        self.running = Some(id.clone());
        vec![Action::Check(id)]
    }

    fn turn_to(&mut self, id: String) -> Action {
        self.on.clone_from(&id);
        self.view = View::Verdict;
        self.scroll = 0;
        self.hint = None;
        self.note = None;
        Action::Choose(id)
    }

    /// Turns to another exercise, and checks it when this session has not yet.
    fn open(&mut self, id: String) -> Vec<Action> {
        let mut actions = vec![self.turn_to(id.clone())];
        if !self.reports.contains_key(&id) {
            actions.extend(self.check(id));
        }
        actions
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Action> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control {
            return if matches!(key.code, KeyCode::Char('c' | 'd')) {
                vec![Action::Quit]
            } else {
                Vec::new()
            };
        }
        if let View::List(cursor) = self.view
            && let Some(actions) = self.list_key(key.code, cursor)
        {
            return actions;
        }
        let on = self.on.clone();
        match key.code {
            KeyCode::Char('q') => return vec![Action::Quit],
            KeyCode::Char('h') => return vec![Action::Hint(on)],
            KeyCode::Char('b') => return vec![Action::Book(on)],
            KeyCode::Char('c') => {
                self.view = View::Verdict;
                return self.check(on);
            }
            KeyCode::Char('n') => {
                return match self.standing.next_after(&on).map(|line| line.id.clone()) {
                    Some(next) => self.open(next),
                    None => {
                        self.note = Some("there is no other exercise left to do".to_owned());
                        Vec::new()
                    }
                };
            }
            KeyCode::Char('p') => {
                let before = self.standing.exercises.iter().rev().find(|line| line.id < on);
                return match before.map(|line| line.id.clone()) {
                    Some(previous) => self.open(previous),
                    None => {
                        self.note = Some("this is the first exercise".to_owned());
                        Vec::new()
                    }
                };
            }
            KeyCode::Char('s') if self.green() => return vec![Action::Solution(on)],
            KeyCode::Char('s') => {
                self.note = Some("not green yet; S (capital) shows the solution all the same".to_owned());
            }
            KeyCode::Char('S') => return vec![Action::Solution(on)],
            KeyCode::Char('a') => return self.check_all(),
            KeyCode::Char('l') => {
                let cursor = self.standing.exercises.iter().position(|line| line.id == on).unwrap_or(0);
                self.show(View::List(cursor));
            }
            KeyCode::Char('r') => {
                if let Some(report) = self.report() {
                    let raw = format!("{}{}", report.cargo, crate::paint::stripped(&report.printed));
                    self.show(View::Text(format!("{on}: what cargo and the tests printed"), raw));
                }
            }
            KeyCode::Char('?') => self.show(View::Keys),
            KeyCode::Esc | KeyCode::Enter => self.show(View::Verdict),
            KeyCode::Down | KeyCode::Char('j') => self.scroll = self.scroll.saturating_add(1),
            KeyCode::Up | KeyCode::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll = self.scroll.saturating_add(PAGE),
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(PAGE),
            KeyCode::Home => self.scroll = 0,
            _ => {}
        }
        Vec::new()
    }

    /// The keys that mean something else while the list is open.
    fn list_key(&mut self, code: KeyCode, cursor: usize) -> Option<Vec<Action>> {
        let last = self.standing.exercises.len().saturating_sub(1);
        match code {
            KeyCode::Down | KeyCode::Char('j') => self.view = View::List((cursor + 1).min(last)),
            KeyCode::Up | KeyCode::Char('k') => self.view = View::List(cursor.saturating_sub(1)),
            KeyCode::Home => self.view = View::List(0),
            KeyCode::End => self.view = View::List(last),
            KeyCode::Enter => {
                let id = self.standing.exercises.get(cursor)?.id.clone();
                return Some(self.open(id));
            }
            KeyCode::Char('l') => self.show(View::Verdict),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn check_all(&mut self) -> Vec<Action> {
        let here = |line: &&crate::state::Line| line.state != State::Unavailable;
        self.queue = self.standing.exercises.iter().filter(here).map(|line| line.id.clone()).collect();
        if self.queue.is_empty() {
            return Vec::new();
        }
        let cursor = self.standing.exercises.iter().position(|line| line.id == self.on).unwrap_or(0);
        self.show(View::List(cursor));
        let first = self.queue.remove(0);
        self.check(first)
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.scroll = 0;
        self.note = None;
    }

    /// Whether the exercise in view is done as it lies on the disk.
    fn green(&self) -> bool {
        self.standing.line(&self.on).is_some_and(|line| line.state == State::Done)
    }
}

/// How far a page key scrolls: less than the smallest terminal's height, so that no line is passed over.
const PAGE: usize = 10;
