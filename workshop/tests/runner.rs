//! The runner as a process, on a small workshop: what it says, and the code that it exits with.

#[allow(dead_code, reason = "not every test program uses all of it")]
mod fixture;

use std::process::Output;

use fixture::Fixture;
use serde_json::Value;

const FIRST: &str = "exercises/ch01/01-first/src/lib.rs";
const FIRST_SOLUTION: &str = "solutions/ch01/01-first/src/lib.rs";

/// Two exercises with their starters.
fn workshop(name: &str) -> Fixture {
    let fixture = Fixture::new(name);
    fixture.exercise("01", "first");
    fixture.exercise("02", "second");
    let generated = fixture.run(&["generate"]);
    assert!(generated.status.success(), "{}", stderr(&generated));
    fixture
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the runner, checks its exit code, and gives back its standard output.
fn exits(fixture: &Fixture, code: i32, arguments: &[&str]) -> String {
    let output = fixture.run(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

fn json(fixture: &Fixture, code: i32, arguments: &[&str]) -> Value {
    serde_json::from_str(&exits(fixture, code, arguments)).expect("JSON on standard output")
}

/// Fails with exit code 2 and one line, which contains `says`.
fn refuses(fixture: &Fixture, arguments: &[&str], says: &str) {
    let output = fixture.run(arguments);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}\n{said}");
    assert_eq!(said.lines().count(), 1, "{arguments:?} says more than one line:\n{said}");
    assert!(said.contains(says), "{arguments:?} does not say {says:?}:\n{said}");
}

fn solve(fixture: &Fixture) {
    fixture.write(FIRST, &fixture.read(FIRST_SOLUTION));
}

#[test]
fn a_fresh_clone_shows_the_starting_line_and_builds_nothing() {
    let fixture = workshop("runner-fresh");
    let said = exits(&fixture, 0, &[]);
    for part in ["0 of 2 done", "starting line", FIRST, "A page", "cargo test -p ex01-01", "cargo workshop"] {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
    assert!(!said.contains('\x1b'), "colours without a terminal:\n{said}");
    assert!(!fixture.root.join("target").exists(), "a fresh clone was built");
    let status = json(&fixture, 0, &["status", "--json"]);
    assert_eq!(
        (&status["total"], &status["done"], &status["current"]),
        (&2.into(), &0.into(), &"01-01".into())
    );
    assert_eq!(status["exercises"][0]["state"], "todo");
    assert_eq!(status["exercises"][0]["path"], FIRST);
    assert_eq!(status["chapters"].as_array().map(Vec::len), Some(10));
    assert_eq!(status["chapters"][1]["written"], false);
}

#[test]
fn a_solved_exercise_is_done_and_the_runner_moves_on_until_the_source_changes() {
    let fixture = workshop("runner-solved");
    solve(&fixture);
    // Nobody called `check`: the runner asks cargo itself, instead of believing or doubting.
    let status = json(&fixture, 0, &["status", "--json"]);
    assert_eq!((&status["done"], &status["current"]), (&1.into(), &"01-02".into()));
    assert_eq!(status["exercises"][0]["state"], "done");
    assert!(exits(&fixture, 0, &["next"]).contains("01-02 second"));

    fixture.edit(FIRST, "first + second", "first + second + 1");
    let unchecked = json(&fixture, 0, &["status", "--json", "--no-check"]);
    assert_eq!(unchecked["exercises"][0]["state"], "started", "an old verdict was believed");
    let list = json(&fixture, 0, &["list", "--json"]);
    assert_eq!(list[0]["state"], "started");
}

#[test]
fn a_new_spec_voids_the_verdict() {
    let fixture = workshop("runner-new-spec");
    solve(&fixture);
    exits(&fixture, 0, &["check", "01-01"]);
    fixture.edit("exercises/ch01/01-first/tests/spec.rs", "double(3), 6", "double(3), 7");
    let status = json(&fixture, 0, &["status", "--json"]);
    assert_eq!(status["exercises"][0]["state"], "started");
}

#[test]
fn check_explains_red_and_exits_with_1() {
    let fixture = workshop("runner-red");
    let said = exits(&fixture, 1, &["check"]);
    for part in ["0 of 2 tests pass", "hole `double` is still open", "src/lib.rs:", "likewise", "hint 01-01"]
    {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
    fixture.write(FIRST, "/// Twice.\npub fn double(number: u32) -> u32 {\n    number * number\n}\n");
    let said = exits(&fixture, 1, &["check", "first"]);
    for part in ["1 of 2 tests pass", "✗ three", "twice three is six", "tests/spec.rs:", "✓ two"] {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
    let report = json(&fixture, 1, &["check", "--json"]);
    assert_eq!(report["ok"], false);
    assert_eq!(report["exercises"][0]["verdict"], "red");
    assert_eq!(report["exercises"][0]["tests"][0]["name"], "two", "not in the spec's order");
    assert!(exits(&fixture, 1, &["check", "--raw"]).contains("test result: FAILED"));
}

#[test]
fn check_shows_what_rustc_says() {
    let fixture = workshop("runner-not-compiled");
    fixture.write(FIRST, "pub fn double(number: u32) -> u32 { nmber }\n");
    let said = exits(&fixture, 1, &["check", "1-1"]);
    assert!(said.contains("does not compile yet") && said.contains("E0425"), "{said}");
    let report = json(&fixture, 1, &["check", "ex01-01", "--json"]);
    assert_eq!(report["exercises"][0]["verdict"], "not_compiled");
    assert!(report["exercises"][0]["compile_error"].as_str().is_some_and(|text| text.contains("E0425")));
}

#[test]
fn green_is_green_and_names_the_next() {
    let fixture = workshop("runner-green");
    solve(&fixture);
    let said = exits(&fixture, 0, &["check", "01-01"]);
    assert!(said.contains("all 2 tests pass") && said.contains("Next: 01-02"), "{said}");
    let said = exits(&fixture, 1, &["check", "--all"]);
    assert!(said.contains("✓ 01-01") && said.contains("✗ 01-02"), "{said}");
    assert_eq!(
        json(&fixture, 1, &["check", "chapter", "1", "--json"])["exercises"].as_array().map(Vec::len),
        Some(2)
    );
}

/// A program that leaves with code 0 before its tests have run looks green to cargo.
#[test]
fn leaving_early_is_not_green() {
    let fixture = workshop("runner-early");
    fixture.write(FIRST, "pub fn double(_: u32) -> u32 {\n    std::process::exit(0)\n}\n");
    let said = exits(&fixture, 1, &["check", "01-01"]);
    assert!(said.contains("ended after 0 of 2 tests"), "{said}");
    assert_eq!(json(&fixture, 0, &["status", "--json"])["done"], 0);
}

/// Without a limit, the loop in the reader's code would be the runner's own.
#[test]
fn a_loop_that_never_ends_is_stopped() {
    let fixture = workshop("runner-loop");
    fixture
        .write(FIRST, "pub fn double(_: u32) -> u32 {\n    loop {\n        std::thread::park();\n    }\n}\n");
    let output =
        fixture.command(&["check", "01-01"]).env("WORKSHOP_SPEC_LIMIT", "1").output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("still running after 1 s"), "{}", stdout(&output));
}

#[test]
fn hints_come_one_at_a_time() {
    let fixture = workshop("runner-hints");
    let first = exits(&fixture, 0, &["hint"]);
    assert!(first.contains("hint 1 of 3") && first.contains("Once.") && !first.contains("Twice."), "{first}");
    let second = exits(&fixture, 0, &["hint", "01-01"]);
    assert!(second.contains("hint 2 of 3") && second.contains("Twice."), "{second}");
    assert!(exits(&fixture, 0, &["hint", "1"]).contains("Once."));
    for _ in 0..2 {
        assert!(exits(&fixture, 0, &["hint"]).contains("hint 3 of 3"));
    }
    refuses(&fixture, &["hint", "01-01", "4"], "there is no hint 4");
}

#[test]
fn reset_keeps_a_copy_of_every_file() {
    let fixture = workshop("runner-reset");
    let starter = fixture.read(FIRST);
    assert!(exits(&fixture, 0, &["reset", "01-01"]).contains("nothing to do"));
    let mut copies = Vec::new();
    // Twice within a second: each has a folder of its own.
    for work in ["// my work\n", "// my second try\n"] {
        fixture.write(FIRST, work);
        fixture.write("exercises/ch01/01-first/src/more.rs", "// my module\n");
        let said = exits(&fixture, 0, &["reset", "01-01"]);
        let copy =
            said.lines().find_map(|line| line.split_once("your copy  ")).expect("it says where").1.to_owned();
        assert_eq!(fixture.read(&format!("{copy}/lib.rs")), work);
        assert_eq!(fixture.read(&format!("{copy}/more.rs")), "// my module\n");
        assert_eq!(fixture.read(FIRST), starter);
        copies.push(copy);
    }
    assert_ne!(copies[0], copies[1]);
    assert_eq!(json(&fixture, 0, &["status", "--json"])["exercises"][0]["state"], "todo");
}

#[test]
fn the_solution_waits_for_green() {
    let fixture = workshop("runner-solution");
    refuses(&fixture, &["solution", "01-01"], "--give-up");
    let diff = exits(&fixture, 0, &["solution", "01-01", "--give-up"]);
    assert!(diff.contains("-    todo!(\"01-01 double\")") && diff.contains("+    first + second"), "{diff}");
    assert_eq!(exits(&fixture, 0, &["solution", "--give-up", "--plain"]), fixture.read(FIRST_SOLUTION));
    fixture.write(FIRST, "pub fn double(number: u32) -> u32 { number * 2 }\n");
    assert!(exits(&fixture, 0, &["solution", "01-01"]).contains("-pub fn double"));
}

#[test]
fn bad_arguments_get_one_line_and_exit_code_2() {
    let fixture = workshop("runner-bad");
    refuses(&fixture, &["check", "01-99"], "no exercise 01-99; the nearest is 01-0");
    refuses(&fixture, &["reset", "secnd"], "no exercise secnd; the nearest is 01-02");
    refuses(&fixture, &["chekc"], "chekc");
    refuses(&fixture, &["status", "--jsn"], "--jsn");
    refuses(&fixture, &["check", "chapter", "11"], "expected a number from 1 to 10");
    refuses(&fixture, &["check", "chapter", "2"], "chapter 2 is not written yet");
    refuses(&fixture, &["demo", "0"], "no chapter 0");
    refuses(&fixture, &["demo", "x"], "no chapter x");
    refuses(&fixture, &["demo", "2"], "not written yet");
    refuses(&fixture, &["reset"], "not provided: <ID>");
}

#[test]
fn outside_of_a_workshop_is_said_in_one_line() {
    // A folder of the fixtures would not do: the folders above it belong to this workshop.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_workshop"))
        .arg("status")
        .env("WORKSHOP_ROOT", "/")
        .output()
        .expect("the runner starts");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("not inside the workshop"), "{}", stderr(&output));
}

#[test]
fn notes_that_cannot_be_read_are_kept_aside() {
    let fixture = workshop("runner-corrupt");
    for notes in ["{ not json", "{\"version\": 99}", "\u{0}\u{1}"] {
        fixture.write(".workshop/progress.json", notes);
        let output = fixture.run(&["status"]);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
        assert_eq!(fixture.read(".workshop/progress.unreadable.json"), notes);
        assert!(fixture.run(&["status"]).stderr.is_empty(), "said twice");
    }
}

#[test]
fn another_systems_exercise_does_not_count() {
    let fixture = workshop("runner-elsewhere");
    let elsewhere = if cfg!(target_os = "linux") { "macos" } else { "linux" };
    let manifest = "exercises/ch01/01-first/Cargo.toml";
    fixture.edit(manifest, "minutes = 5", &format!("minutes = 5\nos = \"{elsewhere}\""));
    let status = json(&fixture, 0, &["status", "--json"]);
    assert_eq!(status["exercises"][0]["state"], "unavailable");
    assert_eq!((&status["total"], &status["current"]), (&1.into(), &"01-02".into()));
}

#[test]
fn a_broken_description_names_its_file() {
    let fixture = workshop("runner-description");
    fixture.edit("exercises/ch01/02-second/Cargo.toml", "minutes = 5", "minuets = 5");
    let output = fixture.run(&["status"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("02-second") && stderr(&output).contains("minuets"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_missing_file_is_named() {
    let fixture = workshop("runner-missing");
    std::fs::remove_file(fixture.root.join(FIRST_SOLUTION)).unwrap();
    let output = fixture.run(&["status"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains(FIRST_SOLUTION), "{}", stderr(&output));
}

#[test]
fn every_command_has_help_with_an_example() {
    let fixture = workshop("runner-help");
    let all = exits(&fixture, 0, &["--help"]);
    for command in
        ["status", "list", "next", "check", "hint", "reset", "solution", "demo", "book", "doctor", "upgrade"]
    {
        assert!(all.contains(&format!("\n  {command} ")), "{command} is missing in:\n{all}");
        let help = exits(&fixture, 0, &[command, "--help"]);
        assert!(help.contains("Example"), "no example for {command}:\n{help}");
    }
}

#[test]
fn the_doctor_answers_in_json() {
    let fixture = workshop("runner-doctor");
    let report = json(&fixture, 0, &["doctor", "--json"]);
    assert_eq!(report["ok"], true, "{report:#}");
    let names: Vec<_> =
        report["checks"].as_array().expect("a list").iter().map(|check| &check["name"]).collect();
    for name in ["rust", "cargo", "system", "loopback", "file events", "epoll", "strace", "git", "ptrace"] {
        assert!(names.iter().any(|found| *found == name), "no {name} in {names:?}");
    }
}

/// The spec that was running, two processes further down, ends with the runner.
#[cfg(unix)]
#[test]
fn a_signal_ends_the_running_spec_too() {
    use std::io::Read as _;
    use std::net::TcpListener;
    use std::process::Stdio;
    use std::sync::mpsc;
    use std::time::Duration;

    /// Only a bound: a spec that does not start, or does not end, must not hang this test.
    const LIMIT: Duration = Duration::from_secs(100);

    let fixture = workshop("runner-signal");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let port = listener.local_addr().expect("an address").port();
    // The reader's code tells that it runs, and then waits for bytes that never come.
    fixture.write(
        FIRST,
        &format!(
            "pub fn double(_: u32) -> u32 {{\n    use std::io::Read;\n    \
             let mut peer = std::net::TcpStream::connect((\"127.0.0.1\", {port})).unwrap();\n    \
             peer.read(&mut [0]).unwrap() as u32\n}}\n"
        ),
    );
    let mut runner =
        fixture.command(&["check", "01-01"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(listener.accept()));
    let (mut spec, _) = told.recv_timeout(LIMIT).expect("the spec runs").expect("it connects");
    let runner_pid = nix::unistd::Pid::from_raw(i32::try_from(runner.id()).unwrap());
    nix::sys::signal::kill(runner_pid, nix::sys::signal::Signal::SIGTERM).unwrap();
    // The kernel closes the connection when the spec's process is gone.
    spec.set_read_timeout(Some(LIMIT)).unwrap();
    let end = spec.read(&mut [0]);
    assert!(
        !matches!(&end, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "the spec outlives the runner"
    );
    assert_eq!(runner.wait().unwrap().code(), Some(130));
}
