//! The demo as a process: what it prints, how it refuses, and what `dissect` says.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn demo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch02-protocol")).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_facts_that_do_not_depend_on_the_machine() {
    let output = demo(&["--json", "--calls", "100"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let act = |name: &str| &facts["acts"][name];
    assert_eq!((&act("header")["request_bytes"], &act("header")["reply_bytes"]), (&json!(50), &json!(35)));
    assert_eq!(act("header")["body"], "Hello world");
    let bodies = json!(["place_order 2 a poem:\nroses are red", "yrpc, said the body"]);
    assert_eq!((&act("borders")["one_write"], &act("borders")["byte_by_byte"]), (&bodies, &bodies));
    assert_eq!(act("ids")["answered"], json!([2, 3, 1]));
    assert_eq!((&act("ids")["late"], &act("ids")["in_flight"]), (&json!(1), &json!(0)));
    let rows = act("strangers")["rows"].as_array().unwrap();
    let seen: Vec<_> =
        rows.iter().map(|row| (row["status"].as_u64().unwrap(), row["memory"].as_u64().unwrap())).collect();
    assert_eq!(seen, [(110, 0), (110, 0), (111, 0), (110, 0), (110, 0), (112, 39 + 65_536)]);
    let lives: Vec<_> =
        act("evolution")["rows"].as_array().unwrap().iter().map(|row| row["lives"] == true).collect();
    assert_eq!(lives, [true, true, true, false, false]);
    assert_eq!(act("heartbeat")["stuck"]["heartbeats"], 2);
    // One writev and one recvfrom. Counted while it runs: the next recvfrom may fall on either side.
    let per_call = act("cost")["frames"]["system_calls"].as_f64().unwrap();
    assert!((1.9..=2.1).contains(&per_call), "{per_call}");
    assert_eq!((&act("dubbo")["theirs"], &act("dubbo")["flags"]), (&json!(16), &json!(0xC2)));
    assert_eq!(act("pain")["codec_9"], "106 unknown-codec");
}

#[test]
fn the_story_names_every_act() {
    let output = demo(&["--calls", "100"]);
    let story = text(&output);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(story.matches("── ").count(), 9, "{story}");
    assert!(!story.contains('\x1b'), "no colours into a pipe");
}

#[test]
fn bad_arguments_get_one_line_and_exit_code_2() {
    for args in [
        &["--act", "juggling"][..],
        &["--calls", "99"],
        &["extra"],
        &["dissect"],
        &["dissect", "--hex", "7"],
        &["dissect", "--hex", "zz"],
        &["dissect", "/nowhere/to/be/found"],
        &["dissect", "-", "--hex", "79"],
    ] {
        let output = demo(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{args:?}: {said}");
    }
    for args in [&["--help"][..], &["dissect", "--help"]] {
        let help = demo(args);
        assert!(help.status.success());
        assert!(text(&help).contains("Example"), "{args:?}");
    }
}

#[test]
fn dissect_says_what_is_there_and_what_is_wrong() {
    let heartbeat = "79727063 01 04 00 00 0018 0000 0000000000000000 00000000";
    let good = demo(&["dissect", "--hex", heartbeat]);
    assert_eq!(good.status.code(), Some(0));
    assert!(text(&good).contains("kind           4 heartbeat"), "{}", text(&good));

    let wrong = demo(&["dissect", "--json", "--hex", &heartbeat.replace("0018", "0017")]);
    assert_eq!(wrong.status.code(), Some(1));
    let facts: Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!(facts["sound"], false);
    assert_eq!(facts["frames"][0][5]["fault"], "expected at least 24");

    let mut child = Command::new(env!("CARGO_BIN_EXE_ch02-protocol"))
        .args(["dissect", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"yrpc\x01\x01").unwrap();
    let unfinished = child.wait_with_output().unwrap();
    assert_eq!(unfinished.status.code(), Some(0), "unfinished is not wrong");
    assert!(text(&unfinished).contains("are still to come"), "{}", text(&unfinished));
}
