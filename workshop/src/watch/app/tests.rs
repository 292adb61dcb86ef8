//! Events in, actions out: the whole view without a terminal.

use std::time::Duration;

use super::*;
use crate::state::Line;

/// 01-01 is done, 01-02 and 01-03 are not, 01-04 needs another system. The view opens on `on`.
fn app(on: &str) -> App {
    let line = |number: u8, state| Line {
        id: format!("01-0{number}"),
        name: String::new(),
        chapter: 1,
        title: String::new(),
        state,
        path: String::new(),
        page: String::new(),
        minutes: 1,
    };
    let exercises = vec![
        line(1, State::Done),
        line(2, State::Started),
        line(3, State::Todo),
        line(4, State::Unavailable),
    ];
    let standing = Standing { total: 3, done: 1, current: None, exercises, chapters: Vec::new() };
    App::new(standing, on.to_owned(), None).0
}

fn press(app: &mut App, key: char) -> Vec<Action> {
    app.update(Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)))
}

fn report(id: &str, outcome: Outcome) -> Event {
    Event::Checked(Box::new(Report {
        id: id.to_owned(),
        outcome,
        tests: Vec::new(),
        cargo: String::new(),
        printed: String::new(),
        took: Duration::ZERO,
    }))
}

fn check(id: &str) -> Action {
    Action::Check(id.to_owned())
}

fn choose(id: &str) -> Action {
    Action::Choose(id.to_owned())
}

#[test]
fn a_save_elsewhere_turns_to_that_exercise() {
    let mut app = app("01-02");
    press(&mut app, 'l');
    assert_eq!(app.update(Event::Saved("01-03".to_owned())), [choose("01-03"), check("01-03")]);
    assert_eq!((app.on.as_str(), &app.view), ("01-03", &View::Verdict));
    assert_eq!(app.update(Event::Saved("01-03".to_owned())), [check("01-03")]);
}

#[test]
fn green_stays_until_n_and_n_skips_what_is_done() {
    let mut app = app("01-02");
    assert_eq!(app.update(report("01-02", Outcome::Green)), []);
    assert_eq!(app.on, "01-02");
    assert_eq!(press(&mut app, 'n'), [choose("01-03"), check("01-03")]);
    // From the last one on, the search begins at the first; it was checked already.
    assert_eq!(press(&mut app, 'n'), [choose("01-02")]);
}

#[test]
fn check_all_goes_one_by_one_and_a_save_ends_it() {
    let mut app = app("01-02");
    assert_eq!(press(&mut app, 'a'), [check("01-01")]);
    assert_eq!(app.update(report("01-01", Outcome::Green)), [check("01-02")]);
    assert_eq!(app.update(report("01-02", Outcome::Red)), [check("01-03")]);
    // 01-04 cannot run here, so this was the last.
    assert_eq!(app.update(report("01-03", Outcome::Red)), []);
    assert_eq!(app.running, None);
    press(&mut app, 'a');
    app.update(Event::Saved("01-02".to_owned()));
    assert_eq!(app.update(report("01-02", Outcome::Red)), [], "the rest of the queue was still checked");
}

#[test]
fn an_ended_check_is_no_verdict() {
    let mut app = app("01-02");
    app.update(report("01-02", Outcome::Cancelled));
    assert!(app.report().is_none());
}

#[test]
fn the_solution_needs_green_or_a_capital() {
    let mut app = app("01-02");
    assert_eq!(press(&mut app, 's'), []);
    assert!(app.note.is_some());
    assert_eq!(press(&mut app, 'S'), [Action::Solution("01-02".to_owned())]);
}

#[test]
fn the_list_moves_within_its_ends_and_chooses() {
    let mut app = app("01-02");
    press(&mut app, 'l');
    for _ in 0..9 {
        press(&mut app, 'j');
    }
    assert_eq!(app.view, View::List(3));
    for _ in 0..9 {
        press(&mut app, 'k');
    }
    let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
    assert_eq!(app.update(Event::Key(enter)), [choose("01-01"), check("01-01")]);
}

#[test]
fn another_systems_exercise_is_not_checked() {
    let mut app = app("01-04");
    assert_eq!(press(&mut app, 'c'), []);
    assert!(app.note.is_some_and(|note| note.contains("another operating system")));
}
