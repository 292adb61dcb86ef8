//! The demo and the tools as processes: what they print, and how they refuse.

#[path = "world/process.rs"]
mod process;

use std::process::{Command, Output};

use process::{Process, TOOLS};
use serde_json::{Value, json};

fn demo(args: &[&str]) -> Output {
    Command::new(TOOLS).args(args).output().unwrap()
}

#[test]
fn the_facts_that_do_not_depend_on_the_machine() {
    let output = demo(&["--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let act = |name: &str| &facts["acts"][name];

    assert_eq!(act("pain")["outcome"], "never ran");

    let events = act("timeline")["events"].as_array().unwrap();
    let said = |who: &str| -> Vec<&str> {
        events
            .iter()
            .filter(|event| event["who"] == who)
            .map(|event| event["what"].as_str().unwrap())
            .collect()
    };
    assert_eq!(said(""), ["kill -9 A", "Ctrl-C for B", "start D"]);
    assert_eq!(said("B").last(), Some(&"stopped"));
    assert!(!said("A").contains(&"taking myself from the list"), "who is killed says no goodbye");
    let ports: Vec<_> = said("caller").iter().map(|line| line.matches(" :").count()).collect();
    let changes = &ports[ports.len() - 5..];
    assert_eq!(changes, [3, 2, 1, 2, 0], "three, without A, without B, with D, and the summary");
    assert!(act("timeline")["summary"].as_str().unwrap().contains(" calls: "));

    let outage = act("outage");
    assert_eq!((&outage["well_while_down"], &outage["well_while_empty"]), (&json!(100), &json!(100)));
    assert_eq!(outage["list_unchanged"], true);
    let lists: Vec<_> = act("storm")["rows"].as_array().unwrap().iter().map(|row| &row["lists"]).collect();
    assert!(lists[1].as_u64() < lists[0].as_u64(), "{lists:?}");
    assert_eq!(act("snapshot")["rows"].as_array().unwrap().len(), 3);
    assert_eq!(act("left")["calls"], 99);
}

#[test]
fn bad_arguments_get_one_line() {
    for (args, words) in [
        (&["--act", "sleep"][..], "invalid value 'sleep' for '--act <ACT>' [possible values: pain"),
        (&["registry", "--listen", "here"], "invalid value 'here' for '--listen <IP:PORT>'"),
        (&["provide", "--registry", "here"], "expected KIND://IP:PORT"),
        (&["follow", "--registry", "eureka://127.0.0.1:1"], "no registry is called \"eureka\""),
        (&["follow", "--service", "a b"], "invalid value 'a b' for '--service <KEY>'"),
        (&["provide", "--label", "zone"], "\"zone\" is not NAME=VALUE"),
        (&["call", "--every", "0"], "0 is not in 1..=60000"),
    ] {
        let output = demo(args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.lines().count()), (Some(2), 1), "{text}");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let occupied = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = occupied.local_addr().unwrap().to_string();
    for (args, words) in [
        (vec!["registry", "--listen", &address], "cannot listen on"),
        (vec!["provide", "--listen", &address], "cannot listen on"),
        (vec!["registry", "--listen", "127.0.0.1:0", "--snapshot", "no/such/folder"], "no/such/folder: "),
        (vec!["provide", "--listen", "0.0.0.0:0"], "say where callers reach it"),
    ] {
        let output = demo(&args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.lines().count()), (Some(1), 1), "{text}");
        assert!(text.contains(words), "{text}");
    }
}

/// The tools find each other, whoever comes first. [F-12]
#[test]
fn the_caller_may_be_started_first() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let registry = format!("embedded://{port}?ttl=1000");
    let follow = Process::start(["follow", "--registry", &registry]);
    follow.says("").unwrap();
    let provider = Process::start(["provide", "--registry", &registry]);
    provider.says("not listed: ").unwrap();
    let _registry = Process::start(["registry", "--listen", &port]);
    provider.says("listed").unwrap();
    loop {
        let line = follow.says("").unwrap();
        if line.contains("version") && line.contains("127.0.0.1:") {
            break;
        }
    }
    let call = Process::start(["call", "--registry", &registry, "--count", "3", "--every", "1"]);
    call.says("I know ").unwrap();
    call.says("3 calls: 3 went well, 0 failed").unwrap();
}
