//! Where things are in the tree, and what they say: no ZooKeeper in here. [R-04]

use std::net::IpAddr;

use ch04_proxy::ServiceKey;

use crate::backend::Offer;
use crate::endpoint::Endpoint;
use crate::url::{ProviderUrl, encode};

/// How services are laid out in the tree.
///
/// ```text
///   Micro                                              Dubbo
///   /micro/service/shop.OrderService                   /dubbo/shop.OrderService
///   ├─ server                                          ├─ providers
///   │  └─ 127.0.0.1-7050-9f03…  yrpc://127.0.0.1:…     │  └─ yrpc%3A%2F%2F127.0.0.1%3A7050%2Fshop.…
///   └─ client                                          └─ consumers
///      └─ 127.0.0.1-4711-77ab…  consumer://…              └─ consumer%3A%2F%2F127.0.0.1%2Fshop.…
///         name                  data                         everything in the name
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// The source's: a short name, and the address as the node's data. Whoever lists N providers reads N + 1
    /// times: the names, then each node. A change of the data is no change of the directory, and nobody who
    /// watches that is told.
    Micro,
    /// Dubbo's: the address *is* the name, so that one read of the names tells who is there. Names become long,
    /// and a change of a label is a new node. We read each new node once all the same: a list of names tells
    /// neither which came later nor how old they are.
    Dubbo {
        /// What the providers speak: `dubbo` or `yrpc`. Others are not listed: a caller could not talk to them.
        protocol: String,
    },
}

/// A node that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The directory that it is in.
    pub directory: String,
    /// Its name there.
    pub name: String,
    /// What it holds.
    pub data: String,
}

impl Node {
    /// Directory and name.
    pub fn path(&self) -> String {
        format!("{}/{}", self.directory, self.name)
    }
}

impl Layout {
    /// What is spoken where the sources do not say otherwise.
    const OURS: &'static str = "yrpc";

    /// The directory of a service's providers. Group and version are not in it: they are told apart by what
    /// the nodes say, so that one who looks for the interface finds all of them.
    pub fn providers(&self, service: &ServiceKey) -> String {
        match self {
            Self::Micro => format!("/micro/service/{}/server", service.interface()),
            Self::Dubbo { .. } => format!("/dubbo/{}/providers", encode(service.interface())),
        }
    }

    fn consumers(&self, service: &ServiceKey) -> String {
        match self {
            Self::Micro => format!("/micro/service/{}/client", service.interface()),
            Self::Dubbo { .. } => format!("/dubbo/{}/consumers", encode(service.interface())),
        }
    }

    fn protocol(&self) -> &str {
        match self {
            Self::Micro => Self::OURS,
            Self::Dubbo { protocol } => protocol,
        }
    }

    /// The node of a provider. The same offer always has the same node: who tries again after an answer was
    /// lost finds what the first attempt has made.
    pub fn provider(&self, offer: &Offer) -> Node {
        let Offer { service, endpoint, id } = offer;
        let url = ProviderUrl {
            protocol: self.protocol().to_owned(),
            service: service.clone(),
            endpoint: endpoint.clone(),
            registration: Some(id.clone()),
        };
        let address = endpoint.address();
        let (name, data) = match self {
            Self::Micro => (format!("{}-{}-{id}", address.ip(), address.port()), url.to_url()),
            Self::Dubbo { .. } => (url.to_node(), String::new()),
        };
        Node { directory: self.providers(service), name, data }
    }

    /// The node of a caller, on which nobody depends: an operator sees who follows a service, and the caller
    /// learns from it what time the registry has. [R-06]
    pub fn consumer(&self, service: &ServiceKey, caller: IpAddr, process: u32, id: &str) -> Node {
        let host = match caller {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        let interface = encode(service.interface());
        let part = |name, value: Option<&str>| value.map(|it| format!("&{name}={}", encode(it)));
        let url = format!(
            "consumer://{host}/{interface}?category=consumers{}&interface={interface}&pid={process}\
             &registration={id}&side=consumer{}",
            part("group", service.group()).unwrap_or_default(),
            part("version", service.version()).unwrap_or_default(),
        );
        let (name, data) = match self {
            Self::Micro => (format!("{caller}-{process}-{id}"), url),
            Self::Dubbo { .. } => (encode(&url), String::new()),
        };
        Node { directory: self.consumers(service), name, data }
    }

    /// What a node in the directory of providers says about `service`: the registration and its endpoint.
    /// `None` for another group or version, for another protocol, and for what is no entry at all: anybody may
    /// write into the tree.
    pub fn read(&self, service: &ServiceKey, name: &str, data: &[u8]) -> Option<(String, Endpoint)> {
        let url = match self {
            Self::Micro => ProviderUrl::parse(std::str::from_utf8(data).ok()?),
            Self::Dubbo { .. } => ProviderUrl::from_node(name),
        };
        let url = url.ok().filter(|url| url.service == *service && url.protocol == self.protocol())?;
        Some((url.registration.unwrap_or_else(|| name.to_owned()), url.endpoint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ServiceKey {
        ServiceKey::parse(text).unwrap()
    }

    fn layouts() -> [Layout; 3] {
        let dubbo = |protocol: &str| Layout::Dubbo { protocol: protocol.into() };
        [Layout::Micro, dubbo("yrpc"), dubbo("dubbo")]
    }

    fn offer(service: &str) -> Offer {
        let endpoint = Endpoint::new("127.0.0.1:7050".parse().unwrap()).with("zone", "a/b c").unwrap();
        Offer { service: key(service), endpoint, id: "9f".into() }
    }

    #[test]
    fn the_sources_tree_has_short_names_and_says_the_rest_in_the_data() {
        let node = Layout::Micro.provider(&offer("blue/com.laowang.orderService:1.0"));
        assert_eq!(node.path(), "/micro/service/com.laowang.orderService/server/127.0.0.1-7050-9f");
        assert!(node.data.starts_with("yrpc://127.0.0.1:7050/com.laowang.orderService?"), "{}", node.data);
        let caller = Layout::Micro.consumer(&key("S"), [10, 0, 0, 1].into(), 7, "77");
        assert_eq!(caller.path(), "/micro/service/S/client/10.0.0.1-7-77");
    }

    #[test]
    fn dubbos_tree_says_everything_in_names() {
        let [_, _, dubbo] = layouts();
        let node = dubbo.provider(&offer("blue/a.B$C:1.0"));
        assert_eq!(node.directory, "/dubbo/a.B%24C/providers");
        assert!(node.name.starts_with("dubbo%3A%2F%2F127.0.0.1%3A7050%2Fa.B"), "{}", node.name);
        assert!(!node.name.contains('/') && node.data.is_empty());
        let caller = dubbo.consumer(&key("blue/S:1.0"), [10, 0, 0, 1].into(), 7, "77");
        assert_eq!(
            caller.path(),
            "/dubbo/S/consumers/consumer%3A%2F%2F10.0.0.1%2FS%3Fcategory%3Dconsumers%26group%3Dblue\
             %26interface%3DS%26pid%3D7%26registration%3D77%26side%3Dconsumer%26version%3D1.0"
        );
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for layout in layouts() {
            let offer = offer("blue/S:1.0");
            let node = layout.provider(&offer);
            let read = |service: &str| layout.read(&key(service), &node.name, node.data.as_bytes());
            assert_eq!(read("blue/S:1.0"), Some(("9f".to_owned(), offer.endpoint.clone())), "{layout:?}");
            for other in ["S", "blue/S", "S:1.0", "green/S:1.0", "blue/S:1.1", "blue/T:1.0"] {
                assert_eq!(read(other), None, "{layout:?} {other}");
            }
            for (name, data) in [("", ""), ("%", "%"), ("x", "yrpc://"), ("127.0.0.1-1-2", "\u{0}")] {
                assert_eq!(layout.read(&offer.service, name, data.as_bytes()), None, "{layout:?}");
            }
            assert_eq!(layout.read(&offer.service, "x", &[0xff]), None);
        }
    }

    #[test]
    fn who_speaks_another_protocol_is_not_listed() {
        let [_, ours, dubbo] = layouts();
        let node = ours.provider(&offer("S"));
        assert!(ours.read(&key("S"), &node.name, b"").is_some());
        assert_eq!(dubbo.read(&key("S"), &node.name, b""), None);
    }

    #[test]
    fn a_node_without_a_registration_is_known_by_its_name() {
        let [_, _, dubbo] = layouts();
        let name = encode("dubbo://10.0.0.7:20880/S?anyhost=true&interface=S&timestamp=1700000000000");
        let (id, endpoint) = dubbo.read(&key("S"), &name, b"10.0.0.7").unwrap();
        assert_eq!((id, endpoint.address()), (name, "10.0.0.7:20880".parse().unwrap()));
    }
}
