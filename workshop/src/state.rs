//! Where the reader stands.

use serde::Serialize;

use crate::child::Leash;
use crate::exercise::Exercise;
use crate::progress::Progress;
use crate::root::Workshop;
use crate::source::{Fingerprint, is_starter};
use crate::{chapters, check};

/// How far an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The source is the starter, word for word.
    Todo,
    /// The reader changed something, and it is not green.
    Started,
    /// Exactly this source passed exactly this spec.
    Done,
    /// It needs another operating system. It never counts against the reader.
    Unavailable,
}

impl State {
    /// One word, as in `--json`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Started => "started",
            Self::Done => "done",
            Self::Unavailable => "unavailable",
        }
    }
}

/// One exercise and how far it is.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Such as `01-03`.
    pub id: String,
    /// The folder's name without its number.
    pub name: String,
    /// From 1 to 10.
    pub chapter: u8,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub state: State,
    /// The file to open, from the root.
    pub path: String,
    /// The page to read, below `book/text/`.
    pub page: String,
    /// How long it takes most readers.
    pub minutes: u32,
}

/// One chapter and how far it is.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterLine {
    /// From 1 to 10.
    pub number: u8,
    /// What it is called.
    pub title: &'static str,
    /// Its package.
    #[serde(rename = "crate")]
    pub package: &'static str,
    /// Whether it exists yet.
    pub written: bool,
    /// Exercises that are done.
    pub done: usize,
    /// Exercises that this machine can run.
    pub total: usize,
}

/// All exercises and chapters at one moment.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// Exercises that this machine can run.
    pub total: usize,
    /// Those that are done.
    pub done: usize,
    /// The one to work on; none when all are done.
    pub current: Option<String>,
    /// In the order of their ids.
    pub exercises: Vec<Line>,
    /// All ten.
    pub chapters: Vec<ChapterLine>,
}

impl Standing {
    /// Looks at every exercise. Builds nothing: what was edited and has no verdict counts as started.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn look(workshop: &Workshop, progress: &Progress) -> anyhow::Result<Self> {
        let mut lines = Vec::new();
        for exercise in &workshop.exercises {
            lines.push(Line {
                id: exercise.id.clone(),
                name: exercise.name.clone(),
                chapter: exercise.chapter,
                title: exercise.title.clone(),
                state: state_of(workshop, exercise, progress)?.0,
                path: exercise.source(),
                page: exercise.page.clone(),
                minutes: exercise.minutes,
            });
        }
        Ok(Self::of(workshop, progress.chosen.as_deref(), lines))
    }

    fn of(workshop: &Workshop, chosen: Option<&str>, exercises: Vec<Line>) -> Self {
        let open = |line: &&Line| matches!(line.state, State::Todo | State::Started);
        let current = exercises
            .iter()
            .filter(open)
            .find(|line| Some(line.id.as_str()) == chosen)
            .or_else(|| exercises.iter().find(open))
            .map(|line| line.id.clone());
        let count = |chapter: Option<u8>, wanted: &dyn Fn(State) -> bool| {
            exercises
                .iter()
                .filter(|line| chapter.is_none_or(|number| line.chapter == number) && wanted(line.state))
                .count()
        };
        let counts = |state: State| state != State::Unavailable;
        let done = |state: State| state == State::Done;
        let chapters = chapters::CHAPTERS
            .into_iter()
            .map(|chapter| ChapterLine {
                number: chapter.number,
                title: chapter.title,
                package: chapter.package,
                written: chapter.written(&workshop.root),
                done: count(Some(chapter.number), &done),
                total: count(Some(chapter.number), &counts),
            })
            .collect();
        let (total, done) = (count(None, &counts), count(None, &done));
        Self { total, done, current, exercises, chapters }
    }

    /// The line of an exercise.
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.exercises.iter().find(|line| line.id == id)
    }

    /// The first exercise after `id` that is not done, or any that is not done, or none.
    pub fn next_after(&self, id: &str) -> Option<&Line> {
        let open = |line: &&Line| matches!(line.state, State::Todo | State::Started);
        let behind = self.exercises.iter().filter(|line| line.id.as_str() > id).find(open);
        behind.or_else(|| self.exercises.iter().filter(|line| line.id != id).find(open))
    }
}

/// The state of one exercise, and whether there is a verdict on what it holds now.
fn state_of(workshop: &Workshop, exercise: &Exercise, progress: &Progress) -> anyhow::Result<(State, bool)> {
    if !exercise.available() {
        return Ok((State::Unavailable, true));
    }
    if is_starter(&workshop.root, exercise)? {
        return Ok((State::Todo, true));
    }
    let fingerprint = Fingerprint::of(&workshop.root, exercise)?;
    Ok(match progress.verdict(&exercise.id, &fingerprint) {
        Some(true) => (State::Done, true),
        Some(false) => (State::Started, true),
        None => (State::Started, false),
    })
}

/// Checks every exercise that was edited and has no verdict yet, so that the standing is true. A fresh
/// clone has none of these and builds nothing.
///
/// # Errors
/// When a file cannot be read or cargo cannot be started.
pub fn refresh(workshop: &Workshop, leash: &Leash) -> anyhow::Result<()> {
    let (progress, _) = Progress::load(&workshop.notes())?;
    for exercise in &workshop.exercises {
        if !state_of(workshop, exercise, &progress)?.1 {
            eprintln!("checking {} {} …", exercise.id, exercise.title);
            check::check(workshop, exercise, false, leash)?;
        }
    }
    Ok(())
}
