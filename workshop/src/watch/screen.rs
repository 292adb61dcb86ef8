//! What the watch view looks like: from the state to lines, nothing else.

use std::path::Path;

use super::app::{App, View};
use super::wrap::{cut, wrap};
use crate::check::Outcome;
use crate::commands::list::mark;
use crate::commands::status::bar;
use crate::exercise::{self, Exercise};
use crate::paint::Paint;
use crate::root::Workshop;
use crate::show;

/// The size of the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// In columns.
    pub width: usize,
    /// In lines.
    pub height: usize,
}

/// What a key does, for the `?` view.
const KEYS: [(&str, &str); 13] = [
    ("h", "the next hint"),
    ("b", "the page in the book"),
    ("n", "the next exercise that is not done"),
    ("p", "the exercise before this one"),
    ("l", "the list; arrows and Enter choose"),
    ("c", "check again"),
    ("a", "check all"),
    ("r", "what cargo and the tests printed, in full"),
    ("s", "the solution beside yours, once it is green"),
    ("S", "the solution although it is not green"),
    ("↑ ↓", "scroll; space and PgUp by more"),
    ("Esc", "back to the verdict"),
    ("q", "quit"),
];

/// The whole screen: at most `size.height` lines of at most `size.width` columns.
pub fn draw(app: &App, workshop: &Workshop, size: Size, paint: Paint) -> Vec<String> {
    let exercise = exercise::find(&workshop.exercises, &app.on).ok();
    let mut head = header(app, workshop, exercise, paint);
    let mut middle = middle(app, workshop, exercise, paint, size.width);
    let foot = footer(app, paint);
    // On a low terminal the verdict matters more than the header.
    let least = 3;
    while head.len() > 2 && head.len() + foot.len() + least > size.height {
        head.pop();
    }
    let room = size.height.saturating_sub(head.len() + foot.len()).max(1);
    scroll(&mut middle, app, room, paint);
    let mut lines = head;
    lines.append(&mut middle);
    lines.resize(size.height.saturating_sub(foot.len()), String::new());
    lines.extend(foot);
    lines.truncate(size.height);
    lines.iter().map(|line| cut(line, size.width)).collect()
}

fn header(app: &App, workshop: &Workshop, exercise: Option<&Exercise>, paint: Paint) -> Vec<String> {
    let count = format!("{} of {} done", app.standing.done, app.standing.total);
    let mut lines = vec![format!("{}   {}", bar(&app.standing, paint), paint.bold(&count))];
    if let Some(exercise) = exercise {
        let name = format!("{} {}", exercise.id, exercise.title);
        let minutes = format!("about {} minutes", exercise.minutes);
        lines.push(format!("{}   {}", paint.bold(&name), paint.dim(&minutes)));
        lines.push(format!("  open  {}", paint.link(&workshop.root, &exercise.source())));
        lines.push(format!(
            "  task  {}",
            paint.link(&workshop.root, &format!("{}/README.md", exercise.folder))
        ));
        lines.push(format!(
            "  read  \"{}\"  {}",
            exercise.page_title(&workshop.root),
            paint.dim("(b opens the book)")
        ));
    }
    if let Some(reason) = &app.polling {
        lines.push(paint.time(&format!("  file events do not work here ({reason}): looking once a second")));
    }
    lines.push(String::new());
    lines
}

fn footer(app: &App, paint: Paint) -> Vec<String> {
    let keys = [
        ("h", "hint"),
        ("b", "book"),
        ("n", "next"),
        ("l", "list"),
        ("c", "check"),
        ("r", "raw"),
        ("?", "keys"),
        ("q", "quit"),
    ];
    let keys: Vec<String> =
        keys.iter().map(|(key, what)| format!("{} {}", paint.key(key), paint.dim(what))).collect();
    let note = app.note.as_ref().map(|note| paint.time(note)).unwrap_or_default();
    vec![note, keys.join("   ")]
}

fn middle(
    app: &App,
    workshop: &Workshop,
    exercise: Option<&Exercise>,
    paint: Paint,
    width: usize,
) -> Vec<String> {
    let text = match &app.view {
        View::Verdict => {
            exercise.map(|exercise| verdict(app, exercise, &workshop.root, paint)).unwrap_or_default()
        }
        View::List(cursor) => list(app, *cursor, paint),
        View::Text(title, text) => format!("{}\n\n{text}", paint.bold(title)),
        View::Keys => {
            KEYS.iter().map(|(key, what)| format!("  {}  {what}\n", paint.key(&format!("{key:4}")))).collect()
        }
    };
    text.lines().flat_map(|line| wrap(line, width)).collect()
}

fn verdict(app: &App, exercise: &Exercise, root: &Path, paint: Paint) -> String {
    let mut text = String::new();
    if let Some(hint) = &app.hint {
        let title = format!("Hint {} of {}", hint.level, hint.of);
        text.push_str(&format!("{}\n", paint.bold(&title)));
        hint.text.lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        text.push('\n');
    }
    let report = app.report();
    if let Some(running) = &app.running {
        let before = if report.is_some() && *running == app.on { " (below: before this save)" } else { "" };
        text.push_str(&paint.time(&format!("… checking {running}{before}")));
        text.push('\n');
    }
    let Some(report) = report else { return text };
    text.push_str(&show::headline(report, exercise, paint));
    text.push('\n');
    if report.outcome == Outcome::Green {
        text.push_str("  passed; press n for the next, s to compare with the solution\n");
        return text;
    }
    if report.passed() == 0 && report.outcome == Outcome::Red {
        text.push_str("  Red is where you start: open the file, fill the hole, save.\n");
    }
    text.push('\n');
    text.push_str(&show::body(report, root, paint));
    text
}

fn list(app: &App, cursor: usize, paint: Paint) -> String {
    let mut text = String::new();
    for (index, line) in app.standing.exercises.iter().enumerate() {
        let here = if index == cursor { "▸" } else { " " };
        let name = format!("{} {}", line.id, line.title);
        let name = if index == cursor { paint.bold(&name) } else { name };
        let running = if app.running.as_ref() == Some(&line.id) { " … checking" } else { "" };
        text.push_str(&format!("{here} {} {name}{}\n", mark(line.state, paint), paint.time(running)));
    }
    text
}

/// Cuts the middle to the lines that fit; the last of them says how many are below.
fn scroll(lines: &mut Vec<String>, app: &App, room: usize, paint: Paint) {
    if lines.len() <= room {
        return;
    }
    let shown = room.saturating_sub(1).max(1);
    let last_start = lines.len() - shown;
    let start = match app.view {
        // The cursor stays in sight.
        View::List(cursor) => cursor.saturating_sub(shown / 2).min(last_start),
        _ => app.scroll.min(last_start),
    };
    let below = last_start - start;
    lines.drain(..start);
    lines.truncate(shown);
    let say = match (below, &app.view) {
        (0, _) => "↑ the beginning is above".to_owned(),
        (_, View::Verdict) => format!("… {below} lines more: ↓ or space; r: raw, a: all"),
        _ => format!("… {below} lines more: ↓ or space"),
    };
    if room > 1 {
        lines.push(paint.dim(&say));
    }
}
