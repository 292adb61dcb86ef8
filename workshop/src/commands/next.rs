//! `cargo workshop next`: what to do now.

use std::fmt::Write as _;

use crate::child::Leash;
use crate::exercise;
use crate::out::say;
use crate::paint::Paint;
use crate::root::Workshop;
use crate::state::{self, Standing};

/// Prints the next exercise that is not done: its page, its file, its command.
///
/// # Errors
/// When a file cannot be read or cargo cannot be started.
pub fn run(workshop: &Workshop, leash: &Leash) -> anyhow::Result<()> {
    super::notes(workshop)?;
    state::refresh(workshop, leash)?;
    let standing = Standing::look(workshop, &super::notes(workshop)?)?;
    let Some(id) = standing.current else {
        return say("Every exercise that this machine can run is green.\n");
    };
    let paint = Paint::for_stdout();
    let next = exercise::find(&workshop.exercises, &id)?;
    let mut text = String::new();
    let name = format!("{} {}", next.id, next.title);
    let _ =
        writeln!(text, "{} {}", paint.bold(&name), paint.dim(&format!("(about {} minutes)", next.minutes)));
    let _ = writeln!(text, "  read    {}", super::read_line(workshop, next));
    let _ = writeln!(text, "  task    {}", paint.link(&workshop.root, &format!("{}/README.md", next.folder)));
    let _ = writeln!(text, "  open    {}", paint.link(&workshop.root, &next.source()));
    let _ = writeln!(text, "  run     {}", paint.key(&format!("cargo test -p {}", next.package())));
    say(&text)
}
