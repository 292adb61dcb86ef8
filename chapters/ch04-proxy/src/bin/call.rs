//! Calls a method by its name: `cargo run -p ch04-proxy --bin call -- HOST:PORT OrderService.get_order '{"id":42}'`.
//!
//! It was compiled without any interface but that of the directory.
#![forbid(unsafe_code)]

use std::io::{Read, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use ch02_protocol::ClientOptions;
use ch04_proxy::filters::Token;
use ch04_proxy::reflection::{Reflection, ReflectionStub, ServiceInfo};
use ch04_proxy::{Chain, Client, Generic, Invoker, NoError, RpcError, Status, Target};
use clap::Parser;
use demo_kit::Failure;
use serde_json::{Value, json};

/// Calls a method of a server by its name; JSON in, JSON out
#[derive(Debug, Parser)]
#[command(name = "call", after_help = EXAMPLES)]
struct Args {
    /// Where the server is
    #[arg(value_name = "HOST:PORT", value_parser = address)]
    server: SocketAddr,
    /// What to call: `[group/]interface[:version].method`. Without a method, lists those of the service; without
    /// anything, lists all services
    #[arg(value_name = "SERVICE.METHOD")]
    target: Option<String>,
    /// The arguments: an object with their names, or an array in their order; `-` reads it from standard input
    #[arg(value_name = "JSON")]
    arguments: Option<String>,
    /// The token that the server asks for
    #[arg(long, value_name = "SECRET", env = "CALL_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// How long to wait for the connection, and for the answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    timeout: Duration,
    /// Print one JSON object, whatever happens: {"result": …}, {"error": …} or {"services": …}
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  call 127.0.0.1:7040                                         what is there?
  call 127.0.0.1:7040 OrderService                            the methods of one service
  call 127.0.0.1:7040 OrderService.get_order '{\"id\":42}'      a call
  call 127.0.0.1:7040 OrderService.get_order '[42]'           the same, by position

Exit codes: 0 a result, 1 the call failed, 2 the command line is wrong, 3 the service said no.";

/// The service ran, and said no: its own error.
const SAID_NO: u8 = 3;

fn main() -> ExitCode {
    let args = match demo_kit::parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let (failure, code) = match prepare(&args).map(|work| run(&args, work)) {
        Ok(Ok(code)) => return code,
        Ok(Err(failure)) => (failure, ExitCode::FAILURE),
        Err(failure) => (failure, ExitCode::from(2)),
    };
    if args.json {
        // A reader of the pipe that has gone does not want to know.
        let _ = writeln!(std::io::stdout(), "{:#}", json!({ "error": { "text": failure.to_string() } }));
    } else {
        eprintln!("error: {}", plain(&failure.to_string()));
    }
    code
}

/// What a server says, fit for a terminal: its control characters would be obeyed there.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}

/// What the command line asks for.
enum Work {
    List(Option<String>),
    Call(Target, Value),
}

fn prepare(args: &Args) -> Result<Work, Failure> {
    let Some(text) = &args.target else { return Ok(Work::List(None)) };
    let Some(json) = &args.arguments else {
        // A point may belong to the interface, `shop.OrderService`. The server knows.
        return Ok(match Target::parse(text) {
            Ok(target) => Work::Call(target, Value::Null),
            Err(_) => Work::List(Some(text.clone())),
        });
    };
    let target = Target::parse(text).map_err(|error| format!("{text:?} is no method: {error}"))?;
    let json = match json.as_str() {
        "-" => {
            let mut text = String::new();
            /// As much as a body may have.
            const LONGEST: u64 = 8 * 1024 * 1024;
            std::io::stdin().lock().take(LONGEST).read_to_string(&mut text)?;
            text
        }
        json => json.to_owned(),
    };
    let arguments: Value =
        serde_json::from_str(&json).map_err(|error| format!("the arguments are not JSON: {error}"))?;
    match arguments {
        Value::Object(_) | Value::Array(_) | Value::Null => Ok(Work::Call(target, arguments)),
        _ => Err("the arguments must be an object or an array: '{\"id\":42}' or '[42]'".into()),
    }
}

fn run(args: &Args, work: Work) -> Result<ExitCode, Failure> {
    let options = ClientOptions {
        connect_timeout: args.timeout,
        call_timeout: args.timeout,
        ..ClientOptions::default()
    };
    let mut invoker: Arc<dyn Invoker> = Arc::new(Client::new(args.server, options));
    if let Some(token) = &args.token {
        invoker = Arc::new(Chain::new(vec![Arc::new(Token::new(token)?)], invoker));
    }
    match work {
        Work::List(name) => list(args, &invoker, name.as_deref()),
        Work::Call(target, arguments) => {
            let result = Generic::new(Arc::clone(&invoker)).call(&target, &arguments);
            let unknown = matches!(&result, Err(error) if error.status() == Some(Status::UNKNOWN_SERVICE));
            if unknown && args.arguments.is_none() && has(&invoker, args.target.as_deref()) {
                return list(args, &invoker, args.target.as_deref());
            }
            tell(args, result)
        }
    }
}

/// Whether `name` is a service, as a whole.
fn has(invoker: &Arc<dyn Invoker>, name: Option<&str>) -> bool {
    ReflectionStub::new(Arc::clone(invoker))
        .services()
        .is_ok_and(|services| services.iter().any(|service| Some(service.key.as_str()) == name))
}

fn tell(args: &Args, result: Result<Value, RpcError<Value>>) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    let error = match result {
        Ok(value) => {
            let shown = if args.json { json!({ "result": value }) } else { value };
            writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => error,
    };
    let own = match &error {
        RpcError::Service(value) => Some(value),
        _ => None,
    };
    if args.json {
        let shown = json!({ "error": {
            "text": error.to_string(),
            "outcome": error.outcome().to_string(),
            "status": error.status().map(|status| status.0),
            "service_error": own,
        }});
        writeln!(out, "{}", serde_json::to_string_pretty(&shown)?)?;
    } else if own.is_some() {
        eprintln!("the service said no: {}", plain(&error.to_string()));
    } else {
        eprintln!("error: {} (the call {})", plain(&error.to_string()), error.outcome());
    }
    Ok(if own.is_some() { ExitCode::from(SAID_NO) } else { ExitCode::FAILURE })
}

fn list(args: &Args, invoker: &Arc<dyn Invoker>, name: Option<&str>) -> Result<ExitCode, Failure> {
    let mut services = match ReflectionStub::new(Arc::clone(invoker)).services() {
        Ok(services) => services,
        Err(error) => return tell(args, Err(without_own(error))),
    };
    if let Some(name) = name {
        let known: Vec<_> = services.iter().map(|service| service.key.clone()).collect();
        services.retain(|service| service.key == name);
        if services.is_empty() {
            return Err(format!("no service {name}; here: {}", known.join(", ")).into());
        }
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&json!({ "services": services }))?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for ServiceInfo { key, error, methods } in &services {
        writeln!(out, "{}", plain(&format!("{key}    (its error: {error})")))?;
        for method in methods {
            writeln!(out, "  {}", plain(&method.to_string()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The same error of a service that has none of its own.
fn without_own(error: RpcError<NoError>) -> RpcError<Value> {
    match error {
        RpcError::Service(never) => match never {},
        RpcError::Call(error) => RpcError::Call(error),
        RpcError::Arguments(error) => RpcError::Arguments(error),
        RpcError::Name(error) => RpcError::Name(error),
        RpcError::Answer { status, source } => RpcError::Answer { status, source },
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let mut found = text.to_socket_addrs().map_err(|error| error.to_string())?;
    found.next().ok_or_else(|| "no such host".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    /// A day: who waits longer has gone home.
    const LONGEST: f64 = 86_400.0;
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= LONGEST => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("expected a number above 0, at most {LONGEST}")),
    }
}
