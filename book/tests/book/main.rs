//! The book engine as its user meets it: run as a process, on a small good book and on copies with one fault each.

mod faults;
mod serve;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A copy of the small good book.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Fixture {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/good"), folder.path());
        Fixture { folder }
    }

    pub(crate) fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// Replaces `from`, which must be there, by `to`.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).expect("the file to edit");
        assert!(text.contains(from), "{path} does not hold {from:?}");
        std::fs::write(self.path(path), text.replacen(from, to, 1)).expect("the edited file");
    }

    /// Adds to a file, or begins it.
    pub(crate) fn append(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the file's folder");
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).expect("the file");
        file.write_all(text.as_bytes()).expect("the added text");
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
        command.arg("--root").arg(self.folder.path()).args(arguments);
        // Quiz programs are built once for all tests.
        command.env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"));
        command
    }

    /// Runs the engine: exit code, standard output, standard error.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the engine runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (status.code().expect("an exit code"), text(stdout), text(stderr))
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the fixture") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn the_good_book_builds_and_passes() {
    let book = Fixture::new();
    let (code, out, err) = book.run(&["build"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.trim_end().ends_with("index.html"), "{out}");
    assert!(book.path("book/out/ch01/one.html").is_file());
    let (code, out, _) = book.run(&["check"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("3 pages, 1 concepts covered, 0 quiz programs run, 0 findings"), "{out}");
    assert!(out.contains("not written yet: layer 2, A protocol of our own (1 concepts)"), "{out}");
    assert!(out.contains("not written yet: layer 3, Serialization and compression (0 concepts)"), "{out}");
}

#[test]
fn json_says_the_same() {
    let book = Fixture::new();
    book.edit("book/text/ch01/one.md", "[T-04]", "[T-99]");
    let (code, out, _) = book.run(&["check", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, &report["ok"]), (1, &serde_json::json!(false)));
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "concept", "{out}");
    assert_eq!(report["unwritten"][1]["layer"], 2, "{out}");
}

#[test]
fn bad_arguments_exit_with_2_and_help_is_everywhere() {
    let book = Fixture::new();
    for bad in [&["paint"][..], &["build", "--port"], &["serve", "--port", "x"], &[]] {
        assert_eq!(book.run(bad).0, 2, "{bad:?}");
    }
    for task in ["build", "serve", "check", "capture"] {
        let (code, out, _) = book.run(&[task, "--help"]);
        assert!(code == 0 && out.contains("Usage: cargo book"), "{task}: {out}");
    }
}

#[test]
fn a_build_with_a_fault_names_it_and_renders_the_rest() {
    let book = Fixture::new();
    book.edit("book/text/ch01/one.md", "code.rs:loop", "code.rs:gone");
    let (code, _, err) = book.run(&["build"]);
    assert_eq!(code, 1);
    assert!(err.contains("book/text/ch01/one.md:5: missing-anchor: code.rs has no `ANCHOR: gone`"), "{err}");
    assert!(book.path("book/out/ch01/one.html").is_file());
}

#[test]
fn a_folder_without_a_book_is_one_clear_line() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    let output = command.arg("--root").arg(empty.path()).arg("build").output().expect("the engine runs");
    let err = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err.lines().last().is_some_and(|line| line.starts_with("error: ") && line.contains("book.toml")),
        "{err}"
    );
}
