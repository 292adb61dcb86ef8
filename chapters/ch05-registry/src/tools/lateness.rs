//! `lateness`: how long after a provider's `kill -9` every caller knows, for each registry and lease.
//!

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::{Registry, RegistryAddress, Subscription};
use demo_kit::Failure;
use real_servers::{Kind, RealServer, StartError};
use serde_json::json;

/// How many callers wait, each with a client of its own: 8.
const CALLERS: usize = 8;
/// How long one of them waits: 60 s.
const PATIENCE: Duration = Duration::from_secs(60);

/// One registry, with one lease.
struct Row {
    registry: String,
    ttl: Duration,
    /// For each round: until the first caller knew, and until the last did.
    rounds: Vec<(Duration, Duration)>,
}

/// Measures every registry that is installed, all at the same time, and prints a table.
pub fn run(leases: &[u64], rounds: u32, as_json: bool) -> Result<(), Failure> {
    let kinds = ["embedded", "zookeeper", "etcd", "redis"];
    let threads: Vec<_> = kinds
        .map(|kind| {
            let leases = leases.to_vec();
            thread::spawn(move || measure(kind, &leases, rounds))
        })
        .into_iter()
        .collect();
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    for thread in threads {
        match thread.join().map_err(|_| "a measurement panicked")?? {
            Ok(more) => rows.extend(more),
            Err(why) => skipped.push(why),
        }
    }
    if as_json {
        let ms = |it: &Duration| it.as_millis() as u64;
        let row = |row: &Row| {
            let rounds: Vec<_> = row.rounds.iter().map(|(first, last)| [ms(first), ms(last)]).collect();
            json!({ "registry": row.registry, "ttl_ms": ms(&row.ttl), "first_and_last_ms": rounds })
        };
        let rows: Vec<_> = rows.iter().map(row).collect();
        return Ok(super::tell(
            &json!({ "callers": CALLERS, "rows": rows, "skipped": skipped }).to_string(),
        )?);
    }
    super::tell(&format!(
        "From kill -9 of a provider until {CALLERS} callers knew, {rounds} rounds each. It is killed as soon as it is\nlisted, the worst moment: its lease is whole.\n"
    ))?;
    super::tell("  registry     lease asked    first caller, ms    last caller, ms")?;
    for Row { registry, ttl, rounds } in &rows {
        let range = |pick: fn(&(Duration, Duration)) -> Duration| {
            let all = rounds.iter().map(pick);
            let least = all.clone().min().unwrap_or_default().as_millis();
            format!("{least:>6} … {:>6}", all.max().unwrap_or_default().as_millis())
        };
        let (first, last) = (range(|it| it.0), range(|it| it.1));
        super::tell(&format!("  {registry:<12} {:>8} ms    {first}    {last}", ttl.as_millis()))?;
    }
    for why in skipped {
        super::tell(&format!("  skipped: {why}"))?;
    }
    Ok(())
}

/// All rows of one kind, or why there are none.
fn measure(kind: &'static str, leases: &[u64], rounds: u32) -> Result<Result<Vec<Row>, String>, Failure> {
    let (address, _server) = match start(kind) {
        Ok(started) => started,
        Err(StartFailure::NotHere(why)) => return Ok(Err(why)),
        Err(StartFailure::Broken(error)) => return Err(error),
    };
    let mut rows = Vec::new();
    for &lease in leases {
        let text = format!("{address}?ttl={lease}");
        let registry = RegistryAddress::parse(&text)?;
        let service = ServiceKey::parse(&format!("lateness.Lease{lease}"))?;
        let clients: Vec<Arc<dyn Registry>> =
            (0..CALLERS).map(|_| registry.connect(Default::default())).collect::<Result<_, _>>()?;
        let callers: Vec<Subscription> =
            clients.iter().map(|client| client.subscribe(&service)).collect::<Result<_, _>>()?;
        let rounds = (0..rounds).map(|_| round(&text, &service, &callers)).collect::<Result<_, _>>()?;
        rows.push(Row { registry: kind.into(), ttl: Duration::from_millis(lease), rounds });
    }
    Ok(Ok(rows))
}

/// Starts a provider, kills it, and gives the time until the first and the last caller knew.
fn round(
    registry: &str,
    service: &ServiceKey,
    callers: &[Subscription],
) -> Result<(Duration, Duration), Failure> {
    let mut provider = Tool::start(&[
        "provide",
        "--registry",
        registry,
        "--service",
        service.as_str(),
        "--only-register",
        "127.0.0.1:1",
    ])?;
    provider.says("listed")?;
    callers.iter().try_for_each(|caller| known(caller, 1).map(|_| ()))?;
    let killed = Instant::now();
    provider.kill()?;
    let waiting = callers.iter().map(|caller| {
        let caller = caller.clone();
        thread::spawn(move || known(&caller, 0))
    });
    let mut times = Vec::new();
    for thread in waiting.collect::<Vec<_>>() {
        times.push(thread.join().map_err(|_| "a caller panicked")?? - killed);
    }
    let first = times.iter().min().copied().unwrap_or_default();
    Ok((first, times.into_iter().max().unwrap_or_default()))
}

/// Waits until `caller` knows so many providers. When that was.
fn known(caller: &Subscription, providers: usize) -> Result<Instant, Failure> {
    let mut version = 0;
    loop {
        let snapshot = caller.wait_newer(version, PATIENCE).ok_or("a caller waited a minute in vain")?;
        if snapshot.providers().len() == providers {
            return Ok(Instant::now());
        }
        version = snapshot.version();
    }
}

enum StartFailure {
    NotHere(String),
    Broken(Failure),
}

impl From<StartError> for StartFailure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::NotHere { .. } => Self::NotHere(error.to_string()),
            StartError::Broken { .. } => Self::Broken(error.into()),
        }
    }
}

/// A registry of this kind, and what ends it.
fn start(kind: &str) -> Result<(String, Box<dyn std::any::Any>), StartFailure> {
    let server = match kind {
        "zookeeper" => RealServer::start(Kind::ZooKeeper, &[])?,
        "etcd" => RealServer::start(Kind::Etcd, &[])?,
        "redis" => RealServer::start(Kind::Redis, &[])?,
        _ => {
            let start = || -> Result<(String, Tool), Failure> {
                let mut registry = Tool::start(&["registry", "--listen", "127.0.0.1:0"])?;
                let line = registry.says("registry on")?;
                let address = line.split(" · ").nth(1).ok_or("the registry has not said where it is")?;
                Ok((address.to_owned(), registry))
            };
            let (address, registry) = start().map_err(StartFailure::Broken)?;
            return Ok((address, Box::new(registry)));
        }
    };
    Ok((format!("{kind}://{}", server.address()), Box::new(server)))
}

/// One of this program's tools, as a process that is killed at the end.
struct Tool {
    child: Child,
    lines: Box<dyn Iterator<Item = std::io::Result<String>>>,
}

impl Tool {
    fn start(arguments: &[&str]) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no pipe")?).lines();
        Ok(Self { child, lines: Box::new(lines) })
    }

    fn says(&mut self, start: &str) -> Result<String, Failure> {
        for line in &mut self.lines {
            let line = line?;
            if line.starts_with(start) {
                return Ok(line);
            }
        }
        Err(format!("a tool ended without saying {start:?}").into())
    }

    fn kill(&mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.kill();
    }
}
