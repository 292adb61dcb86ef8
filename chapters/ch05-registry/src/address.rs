//! Which registry is meant, as one text: so that a command line, or a file, can say it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::backend::Backend;
use crate::client::{ClientOptions, RegistryClient};
use crate::embedded::{DEFAULT_TTL, Embedded};
use crate::registry::Registry;
use crate::url::decode;

/// A registry's address.
///
/// ```text
///   embedded://127.0.0.1:7050?ttl=10000          time to live in milliseconds
///   zookeeper://127.0.0.1:2181?layout=dubbo      or layout=micro; ttl is the session
///   zookeeper://10.0.0.1:2181,10.0.0.2:2181,10.0.0.3:2181    all members of an ensemble
///   etcd://127.0.0.1:2379 · consul://127.0.0.1:8500
///   redis://127.0.0.1:6379?database=0            and username, password
/// ```
///
/// All but the first need the Cargo feature of their name.
#[derive(Clone, PartialEq, Eq)]
pub struct RegistryAddress {
    /// What kind of registry it is.
    pub kind: String,
    /// Where its servers listen: one, or all members of an ensemble.
    pub addresses: Vec<SocketAddr>,
    /// How long a provider stays listed that does not say anything.
    pub ttl: Duration,
    /// What else is said, name and value.
    pub options: Vec<(String, String)>,
}

/// Without the values of options: one of them is a password.
impl fmt::Debug for RegistryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, addresses, ttl, options } = self;
        let options: Vec<_> = options.iter().map(|(name, _)| name).collect();
        write!(f, "RegistryAddress({kind} {addresses:?}, {ttl:?}, {options:?})")
    }
}

/// The kinds that there are.
pub const KINDS: [&str; 5] = ["embedded", "zookeeper", "etcd", "redis", "consul"];

/// The shortest lease that can be asked for: 100 ms, as in [`TableLimits`](crate::table::TableLimits).
const SHORTEST_TTL_MS: u32 = 100;
/// How many members an ensemble may have: 9. More make every write slower and nothing safer.
pub const MAX_MEMBERS: usize = 9;

/// Why a text names no registry, or one that was not compiled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not `kind://ip:port`.
    #[error("{text:?} is no registry: expected KIND://IP:PORT, such as embedded://127.0.0.1:7050")]
    Shape {
        /// What came.
        text: String,
    },
    /// No such kind.
    #[error("no registry is called {kind:?}; there are: {}", KINDS.join(", "))]
    Kind {
        /// What came.
        kind: String,
    },
    /// There is such a kind, but this program was built without it.
    #[error("this program was built without {kind}: build it with `--features {kind}`")]
    NotBuilt {
        /// What was asked for.
        kind: String,
    },
    /// Several addresses for a kind that takes one.
    #[error("{kind} takes one address; several are for an ensemble of ZooKeeper")]
    OneAddress {
        /// Which kind.
        kind: String,
    },
    /// An option that there is not, or not with this value.
    #[error("{option} is no option of {kind}")]
    Option {
        /// What came.
        option: String,
        /// For which kind.
        kind: String,
    },
    /// The registry's own complaint.
    #[error("{why}")]
    Backend {
        /// What is wrong.
        why: String,
    },
}

impl RegistryAddress {
    /// Reads `kind://ip:port?option=value&…`.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let shape = || AddressError::Shape { text: text.chars().take(120).collect() };
        let (kind, rest) = text.split_once("://").ok_or_else(shape)?;
        if !KINDS.contains(&kind) {
            return Err(AddressError::Kind { kind: kind.into() });
        }
        let (address, options) = rest.split_once('?').unwrap_or((rest, ""));
        let addresses = address.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|_| shape())?;
        let addresses: Vec<_> =
            Some(addresses).filter(|it: &Vec<_>| it.len() <= MAX_MEMBERS).ok_or_else(shape)?;
        let mut parsed = Self { kind: kind.into(), addresses, ttl: DEFAULT_TTL, options: Vec::new() };
        for option in options.split('&').filter(|option| !option.is_empty()) {
            let bad = || AddressError::Option { option: option.into(), kind: kind.into() };
            let (name, value) = option.split_once('=').ok_or_else(bad)?;
            let (name, value) = (decode(name).map_err(|_| bad())?, decode(value).map_err(|_| bad())?);
            if name == "ttl" {
                let ttl: u32 = value.parse().ok().filter(|ttl| *ttl >= SHORTEST_TTL_MS).ok_or_else(bad)?;
                parsed.ttl = Duration::from_millis(ttl.into());
            } else {
                parsed.options.push((name, value));
            }
        }
        Ok(parsed)
    }

    /// A client of this registry. Does not connect yet.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn connect(&self, options: ClientOptions) -> Result<Arc<dyn Registry>, AddressError> {
        match self.kind.as_str() {
            "embedded" => {
                self.knows(&[])?;
                Ok(client(Embedded::new(self.only()?, self.ttl), options))
            }
            #[cfg(feature = "zookeeper")]
            "zookeeper" => Ok(client(self.zookeeper()?, options)),
            #[cfg(feature = "etcd")]
            "etcd" => {
                self.knows(&[])?;
                Ok(client(crate::etcd::Etcd::new(self.only()?, self.ttl), options))
            }
            #[cfg(feature = "consul")]
            "consul" => {
                self.knows(&[])?;
                Ok(client(crate::consul::Consul::new(self.only()?, self.ttl), options))
            }
            #[cfg(feature = "redis")]
            "redis" => Ok(client(crate::redis::Redis::new(self.redis()?), options)),
            kind => Err(AddressError::NotBuilt { kind: kind.into() }),
        }
    }

    #[cfg(feature = "zookeeper")]
    fn zookeeper(&self) -> Result<crate::zookeeper::ZooKeeper, AddressError> {
        use crate::zookeeper::{Layout, ZooKeeper, ZooKeeperOptions};
        self.knows(&["layout", "protocol"])?;
        let said = |name: &str| self.options.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        let members: Vec<_> = self.addresses.iter().map(SocketAddr::to_string).collect();
        let mut options = ZooKeeperOptions::new(members.join(","));
        options.session = self.ttl;
        options.layout = match (said("layout"), said("protocol")) {
            (None | Some("dubbo"), protocol) => Layout::Dubbo { protocol: protocol.unwrap_or("yrpc").into() },
            (Some("micro"), None) => Layout::Micro,
            (Some("micro"), Some(protocol)) => return Err(self.unknown("protocol", protocol)),
            (Some(layout), _) => return Err(self.unknown("layout", layout)),
        };
        ZooKeeper::new(options).map_err(|error| AddressError::Backend { why: error.to_string() })
    }

    /// What stands in `redis://127.0.0.1:6379?database=1&username=a&password=b`.
    #[cfg(feature = "redis")]
    fn redis(&self) -> Result<crate::redis::RedisOptions, AddressError> {
        self.knows(&["database", "username", "password"])?;
        let said = |name: &str| self.options.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        let mut options = crate::redis::RedisOptions::new(self.only()?, self.ttl);
        (options.username, options.password) = (said("username"), said("password"));
        if let Some(database) = said("database") {
            options.database = database.parse().map_err(|_| self.unknown("database", &database))?;
        }
        Ok(options)
    }

    /// The one address of a kind that takes one.
    fn only(&self) -> Result<SocketAddr, AddressError> {
        match self.addresses[..] {
            [address] => Ok(address),
            _ => Err(AddressError::OneAddress { kind: self.kind.clone() }),
        }
    }

    /// Whether every option is one of `names`.
    fn knows(&self, names: &[&str]) -> Result<(), AddressError> {
        match self.options.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, value)) => Err(self.unknown(name, value)),
        }
    }

    fn unknown(&self, name: &str, value: &str) -> AddressError {
        AddressError::Option { option: format!("{name}={value}"), kind: self.kind.clone() }
    }
}

fn client(backend: impl Backend, options: ClientOptions) -> Arc<dyn Registry> {
    Arc::new(RegistryClient::new(backend, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_and_refused_in_one_line() {
        let address = RegistryAddress::parse("zookeeper://127.0.0.1:2181?layout=dubbo&ttl=4000").unwrap();
        assert_eq!((address.kind.as_str(), address.ttl), ("zookeeper", Duration::from_secs(4)));
        assert_eq!(address.options, [("layout".to_owned(), "dubbo".to_owned())]);
        for (text, says) in [
            ("127.0.0.1:7050", "expected KIND://IP:PORT"),
            ("embedded://localhost:1", "expected KIND://IP:PORT"),
            ("eureka://127.0.0.1:1", "no registry is called \"eureka\""),
            ("embedded://127.0.0.1:1?ttl=soon", "ttl=soon is no option of embedded"),
            ("embedded://127.0.0.1:1?ttl=0", "ttl=0 is no option of embedded"),
            ("embedded://127.0.0.1:1?ttl=99", "ttl=99 is no option of embedded"),
            ("embedded://127.0.0.1:1,nowhere", "expected KIND://IP:PORT"),
            ("embedded://127.0.0.1:1?x", "x is no option of embedded"),
        ] {
            let error = RegistryAddress::parse(text).unwrap_err().to_string();
            assert!(error.contains(says) && !error.contains('\n'), "{error}");
        }
        let unknown = RegistryAddress::parse("embedded://127.0.0.1:1?colour=red").unwrap();
        let error = unknown.connect(ClientOptions::default()).map(|_| ()).unwrap_err();
        assert_eq!(error.to_string(), "colour=red is no option of embedded");
        let three = RegistryAddress::parse("embedded://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3").unwrap();
        assert_eq!(three.addresses.len(), 3);
        let error = three.connect(ClientOptions::default()).map(|_| ()).unwrap_err();
        assert!(error.to_string().starts_with("embedded takes one address"), "{error}");
    }
}
