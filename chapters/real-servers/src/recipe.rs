//! How each kind of server is started, and how it shows that it is ready.

use std::env;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::StartError;
use crate::port;
use crate::probe::Probe;

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ZooKeeper: one server, ticks of 500 ms (so sessions from 1 s), nothing forced to the disk.
    ZooKeeper,
    /// etcd: a cluster of one, with a short election (so leases from 1 s).
    Etcd,
    /// Redis: nothing stored on disk, so that a restart forgets everything; keyspace events on.
    Redis,
}

/// What to run and how to tell that it is ready.
#[derive(Debug)]
pub(crate) struct Recipe {
    pub command: Command,
    pub probes: Vec<Probe>,
}

/// Debian's place for it.
const ZOOKEEPER_JAR: &str = "/usr/share/java/zookeeper.jar";

impl Kind {
    /// Its name, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::ZooKeeper => "ZooKeeper",
            Self::Etcd => "etcd",
            Self::Redis => "Redis",
        }
    }

    /// The Debian package that has it.
    pub fn package(self) -> &'static str {
        match self {
            Self::ZooKeeper => "zookeeper",
            Self::Etcd => "etcd-server",
            Self::Redis => "redis-server",
        }
    }

    /// Whether it is installed.
    ///
    /// # Errors
    /// [`StartError::NotHere`].
    pub fn installed(self) -> Result<(), StartError> {
        self.program().map(|_| ())
    }

    fn program(self) -> Result<PathBuf, StartError> {
        let program = match self {
            Self::ZooKeeper => "java",
            Self::Etcd => "etcd",
            Self::Redis => "redis-server",
        };
        let missing = |missing: &str| StartError::NotHere {
            server: self.name(),
            missing: missing.to_owned(),
            package: self.package(),
        };
        if self == Self::ZooKeeper && !Path::new(ZOOKEEPER_JAR).is_file() {
            return Err(missing(ZOOKEEPER_JAR));
        }
        let folders = env::var_os("PATH").unwrap_or_default();
        let found = env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file());
        found.ok_or_else(|| missing(program))
    }

    /// For a server at `address` that keeps its data in `folder`, with more arguments for its command line
    /// (ZooKeeper: more lines of its configuration).
    pub(crate) fn recipe(
        self,
        address: SocketAddr,
        folder: &Path,
        more: &[String],
    ) -> Result<Recipe, StartError> {
        let mut command = Command::new(self.program()?);
        let probes = match self {
            Self::ZooKeeper => zookeeper(&mut command, address, folder, more),
            Self::Etcd => etcd(&mut command, address, folder, more),
            Self::Redis => Ok(redis(&mut command, address, folder, more)),
        };
        let probes = probes.map_err(|error| StartError::Broken {
            server: self.name(),
            why: format!("it could not be prepared: {error}"),
            log: String::new(),
        })?;
        Ok(Recipe { command, probes })
    }
}

fn zookeeper(
    command: &mut Command,
    address: SocketAddr,
    folder: &Path,
    more: &[String],
) -> io::Result<Vec<Probe>> {
    let configuration = folder.join("zoo.cfg");
    let data = folder.join("data");
    let lines = format!(
        "dataDir={}\nclientPortAddress={}\nclientPort={}\ntickTime=500\nminSessionTimeout=1000\n\
         maxClientCnxns=0\nadmin.enableServer=false\n4lw.commands.whitelist=srvr,conf,cons\n{}\n",
        data.display(),
        address.ip(),
        address.port(),
        more.join("\n")
    );
    fs::write(&configuration, lines)?;
    // A small heap, the simplest collector and only the quick compiler: half a second to start instead of two.
    command.args(["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
    // It need not survive a power failure: a test that waits for the disk measures the disk.
    command.args(["-Dzookeeper.forceSync=no", "-Dzookeeper.root.logger=WARN,CONSOLE"]);
    command.args(["-cp", &format!("/etc/zookeeper/conf:{ZOOKEEPER_JAR}:/usr/share/java/slf4j-simple.jar")]);
    command.args(["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]);
    command.arg("org.apache.zookeeper.server.quorum.QuorumPeerMain").arg(configuration);
    Ok(vec![Probe::new("conf", data.display().to_string()), Probe::new("srvr", "Zookeeper version")])
}

fn etcd(
    command: &mut Command,
    address: SocketAddr,
    folder: &Path,
    more: &[String],
) -> io::Result<Vec<Probe>> {
    let clients = format!("http://{address}");
    // Its peers' door: nobody will come, but it wants one.
    let peers = format!("http://{}", port::free()?);
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    command.arg("--data-dir").arg(folder.join("data"));
    command.args(["--name", &name, "--initial-cluster", &format!("{name}={peers}")]);
    command.args(["--listen-client-urls", &clients, "--advertise-client-urls", &clients]);
    command.args(["--listen-peer-urls", &peers, "--initial-advertise-peer-urls", &peers]);
    command.args(["--heartbeat-interval", "50", "--election-timeout", "250"]);
    command.args(["--log-level", "warn"]).args(more);
    let members = "POST /v3/cluster/member/list HTTP/1.1\r\nHost: etcd\r\nContent-Length: 2\r\n\
                   Connection: close\r\n\r\n{}";
    let health = "GET /health HTTP/1.1\r\nHost: etcd\r\nConnection: close\r\n\r\n";
    Ok(vec![Probe::new(members, name), Probe::new(health, r#""health":"true""#)])
}

fn redis(command: &mut Command, address: SocketAddr, folder: &Path, more: &[String]) -> Vec<Probe> {
    command.args(["--bind", &address.ip().to_string(), "--port", &address.port().to_string()]);
    command.arg("--dir").arg(folder).args(["--save", "", "--appendonly", "no"]);
    command.args(["--notify-keyspace-events", "KEA"]).args(more);
    vec![Probe::new("CONFIG GET dir\r\n", folder.display().to_string()), Probe::new("PING\r\n", "+PONG")]
}
