//! The servers themselves: each starts, forgets or remembers, stands still and goes on. A server that is not
//! installed is skipped, and the test says so.
#![cfg(unix)]

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use real_servers::{Kind, RealServer, StartError, or_skip};

const LONG: Duration = Duration::from_secs(30);

/// Sends `question`, and gives the answer as far as `end`, or to the end of the connection.
fn ask(address: SocketAddr, question: &str, end: &str, patience: Duration) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(question.as_bytes())?;
    let (mut heard, mut piece) = (String::new(), [0; 512]);
    while !heard.contains(end) {
        match stream.read(&mut piece)? {
            0 => break,
            length => heard.push_str(&String::from_utf8_lossy(&piece[..length])),
        }
    }
    Ok(heard)
}

/// Waits until `what` happens.
fn until(what: &str, mut happens: impl FnMut() -> bool) {
    let end = Instant::now() + LONG;
    while !happens() {
        assert!(Instant::now() < end, "not within {LONG:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What is common to all: killed means gone, paused means silent, and the address stays.
fn lives_and_dies(server: &mut RealServer, question: &str, answer: &str) {
    let address = server.address();
    let heard = |patience| ask(address, question, answer, patience);
    assert!(heard(LONG).unwrap().contains(answer));

    server.pause();
    // The kernel takes the connection and the question; nobody answers.
    let error = heard(Duration::from_millis(50)).expect_err("it is paused");
    assert!(matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut), "{error}");
    server.resume();
    assert!(heard(LONG).unwrap().contains(answer));

    server.kill();
    assert_eq!(server.process(), None);
    assert_eq!(heard(LONG).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    server.start_again().unwrap();
    assert_eq!(server.address(), address);
    assert!(heard(LONG).unwrap().contains(answer));
}

#[test]
fn zookeeper() {
    let Some(mut server) = or_skip(RealServer::zookeeper()) else { return };
    lives_and_dies(&mut server, "srvr", "Zookeeper version");
}

#[test]
fn etcd_keeps_its_data() {
    let Some(mut server) = or_skip(RealServer::etcd()) else { return };
    let post = |path: &str, body: &str| {
        let length = body.len();
        format!(
            "POST /v3/kv/{path} HTTP/1.1\r\nHost: etcd\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    };
    // "a" and "b", as base64.
    ask(server.address(), &post("put", r#"{"key":"YQ==","value":"Yg=="}"#), "header", LONG).unwrap();
    lives_and_dies(&mut server, &post("range", r#"{"key":"YQ=="}"#), r#""value":"Yg==""#);
}

#[test]
fn redis_forgets() {
    let Some(mut server) = or_skip(RealServer::redis()) else { return };
    ask(server.address(), "SET a b\r\n", "+OK", LONG).unwrap();
    assert_eq!(ask(server.address(), "GET a\r\n", "b", LONG).unwrap().trim_end(), "$1\r\nb");
    lives_and_dies(&mut server, "PING\r\n", "+PONG");
    assert_eq!(ask(server.address(), "GET a\r\n", "1", LONG).unwrap().trim_end(), "$-1");
}

#[test]
fn a_server_that_is_installed_and_does_not_start_is_no_skip() {
    match RealServer::start(Kind::Redis, &["--no-such-option", "1"]) {
        Err(StartError::Broken { log, .. }) => assert!(log.contains("no-such-option"), "{log}"),
        Err(error @ StartError::NotHere { .. }) => println!("skipped: {error}"),
        Ok(_) => panic!("it accepts anything"),
    }
}

/// Plays a program that is killed: starts a server, tells where, and waits. Run by the next test only.
#[test]
#[ignore = "a part of a_killed_program_leaves_no_server_behind, which starts it in a process of its own"]
fn a_program_that_waits_to_be_killed() {
    let server = RealServer::redis().unwrap();
    println!("\nprocess {}", server.process().unwrap());
    io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_killed_program_leaves_no_server_behind() {
    if let Err(error) = Kind::Redis.installed() {
        println!("skipped: {error}");
        return;
    }
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--ignored", "--exact", "--nocapture", "a_program_that_waits_to_be_killed"]);
    let mut program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = io::BufRead::lines(io::BufReader::new(program.stdout.take().unwrap()));
    let process =
        lines.map_while(Result::ok).find_map(|line| Some(line.strip_prefix("process ")?.to_owned()));
    let process = process.expect("it says where the server is");
    program.kill().unwrap();
    program.wait().unwrap();
    until("the server is gone", || {
        let alive = Command::new("kill").args(["-0", &process]).stderr(Stdio::null()).status().unwrap();
        !alive.success()
    });
}

#[test]
fn nothing_is_left_after_a_panic() {
    let Some(server) = or_skip(RealServer::redis()) else { return };
    let address = server.address();
    let folder = ask(address, "CONFIG GET dir\r\n", "/real-server-", LONG).unwrap();
    let folder = folder.lines().last().unwrap().to_owned();
    assert!(Path::new(&folder).is_dir());
    let result = std::thread::spawn(move || {
        let _server = server;
        // Not panic!, which would print.
        std::panic::resume_unwind(Box::new(()));
    });
    assert!(result.join().is_err());
    assert!(ask(address, "PING\r\n", "+PONG", LONG).is_err() && !Path::new(&folder).exists());
}
