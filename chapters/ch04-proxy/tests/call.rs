//! The tools `serve` and `call` as two processes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

/// `serve` on a free port; ends with the test.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_ch04-proxy"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on ").and_then(|rest| rest.split(';').next());
        let address = address.unwrap_or_else(|| panic!("expected an address, got {line:?}")).to_owned();
        Self { process, address }
    }

    fn call(&self, args: &[&str]) -> Output {
        call(&[&[self.address.as_str()], args].concat())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn call(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_call")).args(args).env_remove("CALL_TOKEN").output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_method_is_called_by_its_name() {
    let server = Server::start(&[]);
    for arguments in [r#"{"id":42}"#, "[42]"] {
        let output = server.call(&["OrderService.get_order", arguments]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let order: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&order["id"], &order["customer"]), (&json!(42), &json!("Ann")));
    }
    let output = server.call(&["--json", "OrderService.say_hello", r#"{"name":"world"}"#]);
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), json!({ "result": "Hello world" }));
}

#[test]
fn arguments_may_come_from_standard_input() {
    let server = Server::start(&[]);
    let mut process = Command::new(env!("CARGO_BIN_EXE_call"))
        .args([&server.address, "OrderService.say_hello", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(br#"["world"]"#).unwrap();
    assert_eq!(text(&process.wait_with_output().unwrap().stdout), "\"Hello world\"\n");
}

#[test]
fn it_lists_what_there_is() {
    let server = Server::start(&[]);
    let all = server.call(&[]);
    let lines = text(&all.stdout);
    assert!(
        lines.starts_with("OrderService    (its error: OrderError)\n  get_order(id: u64) -> Order\n"),
        "{lines}"
    );
    assert!(lines.contains("\nyrpc.Reflection:1 "), "{lines}");
    for one in ["OrderService", "yrpc.Reflection:1"] {
        let output = server.call(&[one]);
        let keys: Vec<_> = text(&output.stdout).lines().filter(|line| !line.starts_with(' ')).collect();
        assert!(matches!(keys[..], [key] if key.starts_with(one)), "{keys:?}");
    }
    let output = server.call(&["--json", "OrderService"]);
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(facts["services"][0]["methods"][0]["name"], "get_order");
    assert_eq!(facts["services"].as_array().unwrap().len(), 1);
}

#[test]
fn what_goes_wrong_is_one_line_and_an_exit_code() {
    let server = Server::start(&[]);
    let at = server.address.as_str();
    for (args, code, words) in [
        (&[at, "OrderService.get_order", "[43]"][..], 3, r#"the service said no: {"NotFound":{"id":43}}"#),
        (&[at, "OrderService.get_order", "{}"], 1, "109 bad-arguments: get_order(id: u64) -> Order: "),
        (
            &[at, "OrderService.get_ordre", "[1]"],
            1,
            "102 unknown-method: no method get_ordre in OrderService",
        ),
        (&[at, "Nope.get_order", "[1]"], 1, "108 unknown-service: no service Nope; here: OrderService"),
        (&[at, "Nope"], 1, "no service Nope; here: OrderService, yrpc.Reflection:1"),
        (&[at, "OrderService.get_order", "42"], 2, "the arguments must be an object or an array"),
        (&[at, "OrderService.get_order", "{id"], 2, "the arguments are not JSON: "),
        (&[at, "OrderService.get order", "[]"], 2, "is no method: the method \"get order\" may hold"),
        // Port 1 is for a service that died out before the web was born.
        (&["127.0.0.1:1", "A.b", "[]"], 1, "cannot connect to "),
        (&["nowhere"], 2, "invalid value 'nowhere' for '<HOST:PORT>'"),
        (&[], 2, "required arguments were not provided: <HOST:PORT>"),
        (&[at, "--timeout=0"], 2, "expected a number above 0"),
    ] {
        let output = call(args);
        let line = text(&output.stderr);
        assert_eq!((output.status.code(), line.lines().count()), (Some(code), 1), "{args:?}: {line}");
        assert!(line.contains(words), "{args:?}: {line}");
        assert!(output.stdout.is_empty());
    }
    let output = server.call(&["--json", "OrderService.get_order", "[43]"]);
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({ "error": {
        "outcome": "ran and failed",
        "service_error": { "NotFound": { "id": 43 } },
        "status": 304,
        "text": "{\"NotFound\":{\"id\":43}}",
    }});
    assert_eq!((facts, output.status.code()), (expected, Some(3)));
}

#[test]
fn with_json_a_failure_is_json_too() {
    let server = Server::start(&[]);
    for (args, code, words) in [
        (&["Nope"][..], 1, "no service Nope; here: OrderService"),
        (&["OrderService.get_order", "{id"], 2, "the arguments are not JSON"),
    ] {
        let output = server.call(&[args, &["--json"]].concat());
        let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(code), ""));
        assert!(facts["error"]["text"].as_str().unwrap().starts_with(words), "{facts}");
    }
}

/// A server may be anybody's. What it says is shown, and not obeyed.
#[test]
fn a_terminal_is_not_at_the_servers_command() {
    use ch04_proxy::{CallError, Invocation, Reply, Status};
    let forged = |_: &Invocation| -> Result<Reply, CallError> {
        Ok(Reply::new(Status::NOT_FOUND, "\u{1b}]0;mine\u{7}\nerror: all is well"))
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server =
        ch04_proxy::Server::start(listener, std::sync::Arc::new(forged), Default::default()).unwrap();
    let output = call(&[&server.address().to_string(), "A.b", "[]"]);
    let line = text(&output.stderr);
    assert_eq!(line.lines().count(), 1, "{line:?}");
    assert!(!line.trim_end().contains(|c: char| c.is_control()), "{line:?}");
}

#[test]
fn a_token_opens_the_door() {
    let server = Server::start(&["--token", "s3cret"]);
    let hello = ["OrderService.say_hello", "[\"world\"]"];
    let with = |token: &str| server.call(&[&["--token", token][..], &hello].concat());
    assert_eq!(text(&with("s3cret").stdout), "\"Hello world\"\n");
    for refused in [with("s3cres"), server.call(&hello)] {
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("114 unauthenticated"), "{}", text(&refused.stderr));
    }
    let from_the_environment = Command::new(env!("CARGO_BIN_EXE_call"))
        .arg(&server.address)
        .args(hello)
        .env("CALL_TOKEN", "s3cret")
        .output()
        .unwrap();
    assert!(from_the_environment.status.success());
}
