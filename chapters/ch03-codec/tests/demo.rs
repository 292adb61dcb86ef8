//! The demo as a process: what it prints, how it refuses, and what `show` says.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn demo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch03-codec")).args(args).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_facts_that_do_not_depend_on_the_machine() {
    let output = demo(&["--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let act = |name: &str| &facts["acts"][name];
    assert_eq!(
        act("names")["bytes"],
        json!({ "json": 136, "hessian2": 90, "tagged": 43, "protobuf": 38, "bincode": 30, "postcard": 28 })
    );
    let seam = act("seam");
    assert_eq!(
        seam["unknown_codec"],
        "106 unknown-codec: codec: unknown id 9; known here: 1 json, 2 hessian2, 3 bincode, 4 postcard, 5 tagged"
    );
    assert_eq!(seam["then"], "Hello world");
    assert_eq!(seam["answer_bytes"].as_object().unwrap().len(), 5);
    let hessian = act("hessian");
    assert_eq!((&hessian["self_is_itself"], &hessian["same_bytes_again"]), (&json!(true), &json!(true)));
    assert!(hessian["ring"].as_str().unwrap().ends_with("contains itself"));
    for attack in act("limits").as_array().unwrap() {
        let error = attack["error"].as_str().unwrap();
        let early = error.contains("must follow") || error.contains("UnexpectedEnd");
        assert!(error.starts_with("refused: ") || early, "{attack}");
    }
    let compress = act("compress");
    assert_eq!(compress["bomb"]["error"], "refused: too big: 8388609 bytes, at most 8388608");
    let answer = &compress["answer"];
    assert!(answer["packed"].as_u64().unwrap() * 4 < answer["plain"].as_u64().unwrap(), "{answer}");
    let sent = compress["bodies"].as_array().unwrap().iter().map(|body| body["sent"].as_str().unwrap());
    assert_eq!(sent.collect::<Vec<_>>(), ["raw", "raw", "deflate", "deflate", "deflate", "raw", "deflate"]);
    assert_eq!(act("criteria")["shapes"].as_array().unwrap().len(), 5);
    assert_eq!(act("pain")["error"], "expected an order, got Greeting(\"Hello, order 42\")");
}

/// What becomes of a value when writer and reader are of different days. The book shows this table.
#[test]
fn evolution_is_as_the_book_says() {
    let output = demo(&["--json", "--act", "evolution"]);
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (ok, no, bad) = (["ok", "ok"], ["no", "no"], ["bad", "bad"]);
    let half = ["no", "ok"];
    for (change, json, hessian2, tagged, bincode, protobuf) in [
        ("a field is added at the end", ok, ok, ok, no, ok),
        ("a field is added in the middle", ok, ok, no, no, ok),
        ("two fields change places", ok, ok, bad, bad, ok),
        ("a field gets another name", no, no, ok, ok, ok),
        ("u32 becomes u64", ok, ok, ok, ok, ok),
        ("u32 becomes i64", ok, ok, ok, bad, bad),
        ("a number becomes a text", no, no, no, no, no),
        ("an enum gets one variant more", half, half, half, half, ok),
    ] {
        let expected = json!({
            "json": json, "hessian2": hessian2, "tagged": tagged,
            "bincode": bincode, "postcard": bincode, "protobuf": protobuf,
        });
        assert_eq!(facts["acts"]["evolution"][change], expected, "{change}");
    }
}

#[test]
fn the_story_names_every_act() {
    let output = demo(&[]);
    let story = text(&output);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(story.matches("── ").count(), 8, "{story}");
    assert!(!story.contains('\x1b'), "no colours into a pipe");
}

#[test]
fn bad_arguments_get_one_line_and_exit_code_2() {
    for args in [
        &["--act", "juggling"][..],
        &["extra"],
        &["show"],
        &["show", "tagged"],
        &["show", "xml", "00"],
        &["show", "tagged", "7"],
        &["show", "tagged", "zz"],
    ] {
        let output = demo(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{args:?}: {said}");
    }
    for args in [&["--help"][..], &["show", "--help"]] {
        let help = demo(args);
        assert!(help.status.success());
        assert!(text(&help).contains("Example"), "{args:?}");
    }
}

#[test]
fn show_says_what_is_there_and_what_is_wrong() {
    let good = demo(&["show", "tagged", "0a 01 13 07"]);
    assert_eq!(good.status.code(), Some(0));
    assert!(text(&good).contains("field 1: unsigned 7"), "{}", text(&good));

    let wrong = demo(&["show", "--json", "hessian2", "78"]);
    assert_eq!(wrong.status.code(), Some(0), "an empty list: {}", text(&wrong));
    let wrong = demo(&["show", "--json", "hessian2", "79"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(serde_json::from_slice::<Value>(&wrong.stdout).unwrap()["sound"], false);

    let mut child = Command::new(env!("CARGO_BIN_EXE_ch03-codec"))
        .args(["show", "hessian2", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"7a 91\n01 61\n").unwrap();
    let read = child.wait_with_output().unwrap();
    assert_eq!(read.status.code(), Some(0));
    assert!(text(&read).contains("list of 2"), "{}", text(&read));
}
