//! The demo as a process: what it prints, and how it refuses.

use std::process::{Command, Output};

use serde_json::{Value, json};

fn demo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch04-proxy")).args(args).output().unwrap()
}

#[test]
fn the_facts_that_do_not_depend_on_the_machine() {
    let output = demo(&["--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "a panic is part of the story, not of the terminal");
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let act = |name: &str| &facts["acts"][name];

    assert_eq!(act("pain")["before"], "0b 02 0a 01 13 2a");
    let now = json!({ "service": "OrderService", "method": "get_order", "body": "0a 01 13 2a" });
    assert_eq!(act("pain")["now"], now);
    let near_far = act("near-far");
    for fact in ["bought", "missing"] {
        assert_eq!(near_far["near"][fact], near_far["far"][fact]);
    }
    assert_eq!(near_far["near"]["error"], "OrderError");
    assert_eq!(near_far["far"]["error"], "RpcError<OrderError>");
    assert_eq!(near_far["stopped"], "never ran");
    let steps = act("steps");
    assert_eq!(steps["order"], json!([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    assert_eq!((&steps["request_bytes"], &steps["response_bytes"]), (&json!(64), &json!(37)));
    assert_eq!((&act("mappings")["same"], &act("mappings")["wrapped"]), (&json!(true), &json!(1)));

    let errors: Vec<_> = act("errors")["errors"].as_array().unwrap().iter().map(|e| &e["status"]).collect();
    assert_eq!(json!(errors), json!([108, 108, 102, 109, 109, 109, 304, 201, 114, null]));
    assert_eq!(act("errors")["log"], "attempt to divide by zero");
    assert_eq!(act("errors")["then"], "Hello world");

    let filters = act("filters");
    let story: Vec<_> = filters["story"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    assert_eq!(story.first(), Some(&"client, outer ▶ place_order"));
    assert_eq!(story.last(), Some(&"client, outer ◀ 0 ok"));
    assert_eq!(story.iter().filter(|line| line.contains("server, inner ▶")).count(), 1, "it ran once");
    assert_eq!((&filters["pauses_ms"], &filters["calls"]), (&json!([50, 100]), &json!(1)));
    assert_eq!(filters["refusal"], 114);

    assert_eq!(act("generic")["services"], json!(["OrderService", "yrpc.Reflection:1"]));
    assert_eq!(act("generic")["answers"][3], json!({ "error": { "NotFound": { "id": 2 } } }));
    assert_eq!(act("cost")["rows"].as_array().unwrap().len(), 6);
    assert_eq!(act("left")["after_the_move"], "never ran");
}

#[test]
fn the_steps_are_told_with_their_bytes() {
    let output = demo(&["--act", "steps"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "2 client stub  packs method and arguments",
        "OrderService.say_hello, arguments 0a 01 16 05 77 6f 72 6c 64",
        "79 72 70 63 01 01 05 00 00 37",
        "6 service      does the work\n      shop.say_hello(\"world\")",
        "0 ok, result 06 0b 48 65 6c 6c 6f 20 77 6f 72 6c 64",
        "extension      5 service \"OrderService\", critical",
        "field 1: text of 5 bytes, \"world\"",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
}

#[test]
fn bad_arguments_get_one_line() {
    for (args, words) in [
        (&["--act", "sleep"][..], "invalid value 'sleep' for '--act <ACT>' [possible values: pain"),
        (&["serve", "--listen", "here"], "invalid value 'here' for '--listen <HOST:PORT>'"),
        (&["serve", "--token", ""], "a value is required for '--token <SECRET>'"),
    ] {
        let output = demo(args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.lines().count()), (Some(2), 1), "{text}");
        assert!(text.contains(words), "{text}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = demo(&["serve", "--listen", &address]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with(&format!("error: cannot listen on {address}: ")), "{text}");
}
