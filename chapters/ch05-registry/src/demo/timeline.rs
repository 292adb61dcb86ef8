//! Act 2: a registry, three providers and a caller, each a process of its own.

use std::io::Write;

use demo_kit::Failure;
use serde_json::{Value, json};

use super::process::{Event, Stage};

/// Leases of one second, so that nobody has to wait long for the end of one.
const TTL: &str = "1000";

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let mut stage = Stage::new();
    let mut registry = stage.start("registry", &["registry", "--listen", "127.0.0.1:0", "--settle", TTL])?;
    let line = stage.wait("registry", |line| line.starts_with("registry on"))?.what;
    let address = line.split(" · ").nth(1).ok_or("the registry has not said where it is")?;
    let at = format!("{address}?ttl={TTL}");
    let provide = ["provide", "--registry", &at];

    let mut ports = Vec::new();
    let mut providers = Vec::new();
    for who in ["A", "B", "C"] {
        providers.push(stage.start(who, &provide)?);
        ports.push(port(&stage.wait(who, |line| line.starts_with("serving"))?)?);
        stage.wait(who, |line| line == "listed")?;
    }
    let mut caller = stage.start("caller", &["call", "--registry", &at, "--every", "10"])?;
    let knows = |ports: Vec<String>| move |line: &str| known(line) == ports;
    stage.wait("caller", knows(sorted(&ports)))?;

    let killed = stage.note("kill -9 A");
    providers[0].kill()?;
    let heard = stage.wait("caller", knows(sorted(&ports[1..])))?.at;
    let crash = heard - killed;

    let asked = stage.note("Ctrl-C for B");
    providers[1].stop()?;
    let heard = stage.wait("caller", knows(sorted(&ports[2..])))?.at;
    let goodbye = heard - asked;

    stage.note("start D");
    let _d = stage.start("D", &provide)?;
    ports.push(port(&stage.wait("D", |line| line.starts_with("serving"))?)?);
    let listed = stage.wait("D", |line| line == "listed")?.at;
    let heard = stage.wait("caller", knows(sorted(&ports[2..])))?.at;
    let arrival = heard.saturating_sub(listed);

    caller.stop()?;
    let summary = stage.wait("caller", |line| line.contains(" calls: "))?.what;
    registry.stop()?;

    let events = stage.events();
    for Event { at, who, what } in &events {
        let (who, what) = if who.is_empty() { ("you", format!("▶ {what}")) } else { (*who, what.clone()) };
        writeln!(out, "  {:>6} ms  {who:<9} {what}", at.as_millis())?;
    }
    writeln!(out, "\n  until the caller knew:  of the crash {} ms (a lease: {TTL} ms)", crash.as_millis())?;
    writeln!(out, "                          of the goodbye {} ms", goodbye.as_millis())?;
    writeln!(out, "                          of the arrival {} ms", arrival.as_millis())?;
    writeln!(out, "  Looked at every 10 ms, at the caller's next call.")?;
    let events: Vec<_> = events
        .iter()
        .map(|event| json!({ "ms": event.at.as_millis(), "who": event.who, "what": event.what }))
        .collect();
    Ok(json!({
        "events": events,
        "crash_ms": crash.as_millis(),
        "goodbye_ms": goodbye.as_millis(),
        "arrival_ms": arrival.as_millis(),
        "summary": summary,
    }))
}

/// The port in `serving OrderService on 127.0.0.1:40123`.
fn port(event: &Event) -> Result<String, Failure> {
    let (_, port) = event.what.rsplit_once(':').ok_or("no port in what it said")?;
    Ok(port.to_owned())
}

/// The ports in `I know :40123 :40124`.
fn known(line: &str) -> Vec<String> {
    let ports = line.strip_prefix("I know ").unwrap_or_default().split_whitespace();
    let mut ports: Vec<_> = ports.map(|port| port.trim_start_matches(':').to_owned()).collect();
    ports.sort();
    ports
}

fn sorted(ports: &[String]) -> Vec<String> {
    let mut ports = ports.to_vec();
    ports.sort();
    ports
}
