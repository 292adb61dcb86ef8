//! One suite, every backend.

#[cfg(feature = "consul")]
#[allow(dead_code, reason = "another test uses other parts of it")]
mod imitation;
mod world;

use std::net::TcpListener;

use ch05_registry::conformance::Fault;
use world::{Process, RegistryProcess, conforms};

/// Short leases, so that a crash is noticed while somebody waits for it.
const TTL: u64 = 1500;

struct Embedded {
    listen: String,
    process: Process,
    snapshot: Option<String>,
}

impl Embedded {
    fn start(snapshot: Option<String>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let process = Self::process(&listen, snapshot.as_deref()).unwrap();
        Self { listen, process, snapshot }
    }

    fn process(listen: &str, snapshot: Option<&str>) -> Result<Process, Fault> {
        let settle = TTL.to_string();
        let mut arguments = vec!["registry", "--listen", listen, "--settle", &settle];
        arguments.extend(snapshot.into_iter().flat_map(|file| ["--snapshot", file]));
        let process = Process::start(arguments);
        process.says("registry on")?;
        Ok(process)
    }
}

impl RegistryProcess for Embedded {
    fn address(&self) -> String {
        format!("embedded://{}?ttl={TTL}", self.listen)
    }

    fn kill(&mut self) -> Result<(), Fault> {
        self.process.kill();
        Ok(())
    }

    fn start_again(&mut self) -> Result<(), Fault> {
        self.process = Self::process(&self.listen, self.snapshot.as_deref())?;
        Ok(())
    }
}

#[test]
fn embedded() {
    conforms("embedded", Embedded::start(None));
}

#[test]
fn embedded_with_a_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("registry.json").display().to_string();
    conforms("embedded with a snapshot", Embedded::start(Some(file)));
}

/// Real servers, where they are installed; `skipped: …` says where not.
#[cfg(any(feature = "zookeeper", feature = "etcd", feature = "redis"))]
mod real {
    use ch05_registry::conformance::Fault;
    #[cfg(feature = "redis")]
    use real_servers::Kind;
    use real_servers::{RealServer, or_skip};

    use super::TTL;
    use super::world::{RegistryProcess, conforms};

    struct Real {
        server: RealServer,
        address: String,
    }

    impl Real {
        fn new(server: RealServer, scheme: &str, options: &str) -> Self {
            let address = format!("{scheme}://{}?ttl={TTL}{options}", server.address());
            Self { server, address }
        }
    }

    impl RegistryProcess for Real {
        fn address(&self) -> String {
            self.address.clone()
        }

        fn kill(&mut self) -> Result<(), Fault> {
            self.server.kill();
            Ok(())
        }

        fn start_again(&mut self) -> Result<(), Fault> {
            self.server.start_again().map_err(|error| Fault(error.to_string()))
        }
    }

    /// Its sessions survive a restart of the server, but not one that takes longer than they do: on a busy
    /// machine a Java virtual machine needs more than a second.
    #[cfg(feature = "zookeeper")]
    const SESSION: &str = "&ttl=3000";

    #[cfg(feature = "zookeeper")]
    #[test]
    fn zookeeper_laid_out_as_by_dubbo() {
        let Some(server) = or_skip(RealServer::zookeeper()) else { return };
        conforms(
            "ZooKeeper, Dubbo's layout",
            Real::new(server, "zookeeper", &format!("&layout=dubbo{SESSION}")),
        );
    }

    #[cfg(feature = "zookeeper")]
    #[test]
    fn zookeeper_laid_out_as_by_the_sources() {
        let Some(server) = or_skip(RealServer::zookeeper()) else { return };
        conforms(
            "ZooKeeper, the sources' layout",
            Real::new(server, "zookeeper", &format!("&layout=micro{SESSION}")),
        );
    }

    #[cfg(feature = "etcd")]
    #[test]
    fn etcd() {
        let Some(server) = or_skip(RealServer::etcd()) else { return };
        // Leases begin anew after a restart, but a busy machine may be late with the first renewal.
        conforms("etcd", Real::new(server, "etcd", "&ttl=3000"));
    }

    #[cfg(feature = "redis")]
    #[test]
    fn redis() {
        let Some(server) = or_skip(RealServer::redis()) else { return };
        conforms("Redis", Real::new(server, "redis", "&database=3"));
    }

    /// Nobody has told it to tell of keys that end.
    #[cfg(feature = "redis")]
    #[test]
    fn redis_as_it_comes() {
        let started = RealServer::start(Kind::Redis, &["--notify-keyspace-events", ""]);
        let Some(server) = or_skip(started) else { return };
        conforms("Redis without events", Real::new(server, "redis", ""));
    }
}

/// Nothing here is Consul: what it does is what Consul's documentation says.
#[cfg(feature = "consul")]
mod imitated {
    use ch05_registry::conformance::Fault;

    use super::imitation::Consul;
    use super::world::{RegistryProcess, conforms};

    impl RegistryProcess for Consul {
        fn address(&self) -> String {
            format!("consul://{}?ttl=10000", Consul::address(self))
        }

        fn kill(&mut self) -> Result<(), Fault> {
            Consul::kill(self);
            Ok(())
        }

        fn start_again(&mut self) -> Result<(), Fault> {
            Consul::start_again(self);
            Ok(())
        }
    }

    #[test]
    fn consul() {
        conforms("an imitation of Consul", Consul::start());
    }
}
