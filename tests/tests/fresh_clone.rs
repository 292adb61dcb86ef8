//! The first minutes of a new reader, on a clone in another folder: look, fail, solve, move on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use workshop_tests::root;

#[test]
#[ignore = "clones and builds the whole workshop; `.ci/run` does it: cargo test -p workshop-tests --test fresh_clone -- --ignored"]
fn a_new_reader_looks_fails_solves_and_moves_on() {
    let clone = Clone::new();
    let exercises = clone.exercises();
    let first = "exercises/ch01/01-read-exactly/src/lib.rs";

    // Look.
    let start = clone.cargo(&["workshop"]);
    let said = text(&start);
    assert!(start.status.success(), "{said}");
    assert!(said.contains(&format!("0 of {exercises}")) && said.contains(first), "{said}");

    // Fail: red, by the exercise's own words.
    let red = clone.cargo(&["test", "--package", "ex01-01"]);
    assert!(
        !red.status.success() && text(&red).contains("not yet implemented: 01-01 read_exactly"),
        "{}",
        text(&red)
    );
    let check = clone.cargo(&["workshop", "check", "01-01"]);
    assert_eq!(check.status.code(), Some(1), "{}", text(&check));

    // Solve.
    std::fs::copy(clone.path.join(first.replace("exercises", "solutions")), clone.path.join(first)).unwrap();
    let green = clone.cargo(&["test", "--package", "ex01-01"]);
    assert!(green.status.success(), "{}", text(&green));

    // Move on.
    let status = clone.cargo(&["workshop", "status", "--json"]);
    let json: serde_json::Value =
        serde_json::from_slice(&status.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&status)));
    assert_eq!((&json["total"], &json["done"]), (&exercises.into(), &1.into()), "{json:#}");
    assert_ne!(json["current"], "01-01", "{json:#}");
}

struct Clone {
    path: PathBuf,
}

impl Clone {
    /// Clones what is committed, as a reader would get it.
    fn new() -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-clone");
        if path.exists() {
            std::fs::remove_dir_all(&path).unwrap();
        }
        let git = Command::new("git")
            .args(["clone", "--quiet"])
            .arg(root())
            .arg(&path)
            .status()
            .expect("git starts");
        assert!(git.success(), "git clone failed");
        Self { path }
    }

    fn exercises(&self) -> usize {
        let folders = |path: PathBuf| {
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
        };
        let chapters = folders(self.path.join("exercises"))
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("ch"));
        chapters.flat_map(folders).count()
    }

    /// cargo in the clone, with nothing on its standard input and none of this test's own environment.
    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = Command::new("cargo");
        for (name, _) in
            std::env::vars().filter(|(name, _)| name.starts_with("CARGO_") && name != "CARGO_HOME")
        {
            cargo.env_remove(name);
        }
        cargo.env_remove("WORKSHOP_ROOT");
        cargo.args(arguments).current_dir(&self.path).stdin(Stdio::null()).output().expect("cargo starts")
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
