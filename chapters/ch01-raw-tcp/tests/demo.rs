//! The demo as a process: what it prints, how it refuses, and whether its counters tell the truth.

use std::process::{Command, Output};

use serde_json::Value;

fn demo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch01-raw-tcp")).args(args).output().unwrap()
}

fn facts(args: &[&str]) -> Value {
    let output = demo(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_facts_that_do_not_depend_on_the_machine() {
    let facts = facts(&["--json", "--calls", "20"]);
    let act = |name: &str| &facts["acts"][name];
    assert_eq!(act("local-remote")["same"], true);
    assert_eq!(
        act("local-remote")["outcomes"],
        serde_json::json!(["RanAndFailed", "MayHaveRun", "NeverRan"])
    );
    assert_eq!(act("steps")["order"], serde_json::json!([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    assert_eq!(act("pieces")["received"], 20_000_000);
    assert_eq!(act("connections")["long"]["connections"], 1);
    assert_eq!(act("connections")["short"]["connections"], 21);
    assert_eq!(act("overload")["refused"], 180);
    assert_eq!(act("overload")["answered"], 20);
    assert_eq!(act("pain")["reply"], "ok Hello Ann\nsay_hello Bob");
    let rows = act("models")["rows"].as_array().unwrap();
    assert_eq!(rows.len(), ch01_raw_tcp::Model::ALL.len());
    // A blocking server needs a receive and a send for a call, no matter how the threads are arranged.
    // It is counted while it runs: its last receive, and the accepting thread's next accept, may fall on
    // either side. That is one less or two more, in twenty calls.
    for row in &rows[..3] {
        let per_call = row["socket_calls_per_call"].as_f64().unwrap();
        assert!((1.95..=2.1).contains(&per_call), "{row}");
    }
}

#[test]
fn the_story_names_every_act() {
    let output = demo(&["--calls", "10"]);
    let story = String::from_utf8(output.stdout).unwrap();
    assert_eq!(story.matches("── ").count(), 8, "{story}");
    assert!(!story.contains('\x1b'), "no colours into a pipe");
}

#[test]
fn bad_arguments_get_one_line_and_exit_code_2() {
    for args in [&["--act", "juggling"][..], &["--calls", "0"], &["--calls", "many"], &["--jsn"], &["extra"]]
    {
        let output = demo(args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert_eq!(text.trim().lines().count(), 1, "{args:?}: {text}");
    }
    let help = demo(&["--help"]);
    assert!(help.status.success());
    assert!(String::from_utf8(help.stdout).unwrap().contains("Examples:"));
}

/// The counters in the JSON against a witness who stands outside the process.
#[test]
#[cfg(target_os = "linux")]
fn strace_counts_the_same_system_calls() {
    let scratch = std::env::temp_dir().join(format!("ch01-strace-{}", std::process::id()));
    let run = Command::new("strace")
        .args(["-c", "-f", "-U", "name,calls", "-o"])
        .arg(&scratch)
        .arg(env!("CARGO_BIN_EXE_ch01-raw-tcp"))
        .args(["--json", "--calls", "20"])
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => {
            println!(
                "skipped: strace cannot be started ({error}); install it to have the counters witnessed"
            );
            return;
        }
    };
    let table = std::fs::read_to_string(&scratch).unwrap_or_default();
    let _ = std::fs::remove_file(&scratch);
    if !output.status.success() && table.is_empty() {
        let reason = String::from_utf8_lossy(&output.stderr);
        println!("skipped: strace may not trace here ({})", reason.trim());
        return;
    }
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    // A kernel may know a call by another name than x86-64 does.
    let names = [
        ("accept4", &["accept4", "accept"][..]),
        ("connect", &["connect"]),
        ("recvfrom", &["recvfrom", "recv"]),
        ("sendto", &["sendto", "send"]),
        ("epoll_wait", &["epoll_wait", "epoll_pwait", "epoll_pwait2"]),
        ("epoll_ctl", &["epoll_ctl"]),
        ("clock_nanosleep", &["clock_nanosleep", "nanosleep"]),
    ];
    for (name, aliases) in names {
        let witnessed: u64 = table
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                let (syscall, calls) = (words.next()?, words.next()?);
                aliases.contains(&syscall).then(|| calls.parse::<u64>().ok())?
            })
            .sum();
        assert_eq!(facts["syscalls"][name], witnessed, "{name}: counted inside, counted by strace\n{table}");
    }
}
