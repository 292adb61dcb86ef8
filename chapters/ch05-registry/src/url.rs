//! A provider as an address, and an address as the name of a node: Dubbo's way. [R-04]

use std::net::SocketAddr;

use ch04_proxy::ServiceKey;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::endpoint::Endpoint;
use crate::error::RegistryError;

/// What stays as it is: letters, digits, and the four characters that `java.net.URLEncoder` leaves alone. It
/// writes a blank as `+`, which we do, too: a node that was made by Dubbo and one that was made here have the
/// same name.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'*').remove(b'_');

/// The longest address that is read: 8 KiB. An endpoint at its limits, each byte encoded twice, has more; but
/// who has labels like that has to choose another registry than one that keeps them in names.
pub const MAX_URL: usize = 8 * 1024;

// ANCHOR: url
/// A registration as an address.
///
/// ```text
///   yrpc://127.0.0.1:7050/OrderService?anyhost=true&group=blue&registration=9f…&version=1.0&zone=a
///   └─┬┘   └─────┬──────┘ └────┬─────┘ └────────────────────────┬────────────────────────────────┘
///  protocol   address      interface               key and labels, each value encoded
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderUrl {
    /// What to speak with it: `yrpc`, or `dubbo`.
    pub protocol: String,
    /// What is provided.
    pub service: ServiceKey,
    /// Where, and its labels.
    pub endpoint: Endpoint,
    /// The registration, if it has a number.
    pub registration: Option<String>,
}
// ANCHOR_END: url

impl ProviderUrl {
    /// As an address. Parameters are sorted, so one provider has one address.
    // ANCHOR: to_url
    pub fn to_url(&self) -> String {
        let own = [
            ("group", self.service.group()),
            ("interface", Some(self.service.interface())),
            ("registration", self.registration.as_deref()),
            ("version", self.service.version()),
        ];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let mut parameters: Vec<_> = own.chain(self.endpoint.labels()).collect();
        parameters.sort_unstable();
        let parameters: Vec<_> =
            parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let Self { protocol, service, endpoint, .. } = self;
        // dubbo2.js loses the first parameter, so one that nobody needs stands there.
        format!(
            "{protocol}://{}/{}?anyhost=true&{}",
            endpoint.address(),
            service.interface(),
            parameters.join("&")
        )
    }
    // ANCHOR_END: to_url

    /// As the name of a node: the whole address encoded once more, so that no `/` is left in it.
    pub fn to_node(&self) -> String {
        encode(&self.to_url())
    }

    /// Reads the name of a node.
    ///
    /// # Errors
    /// [`RegistryError::Malformed`].
    pub fn from_node(name: &str) -> Result<Self, RegistryError> {
        let url = match name.len() {
            0..=MAX_NODE => decode(name),
            _ => Err("it is too long"),
        };
        Self::parse(&url.map_err(|why| malformed(name, why))?)
    }

    /// Reads an address. Parameters that are not the service's key are labels, whoever wrote them.
    ///
    /// # Errors
    /// [`RegistryError::Malformed`].
    // ANCHOR: parse
    pub fn parse(url: &str) -> Result<Self, RegistryError> {
        let bad = |why: &str| malformed(url, why);
        if url.len() > MAX_URL {
            return Err(bad("it is too long"));
        }
        let (protocol, rest) = url.split_once("://").ok_or_else(|| bad("it has no ://"))?;
        let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
        let address: SocketAddr = address.parse().map_err(|_| bad("its address is not IP:PORT"))?;

        // ANCHOR: parameters
        let (mut interface, mut group, mut version) = (path.to_owned(), None, None);
        let (mut registration, mut endpoint) = (None, Endpoint::new(address));
        for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name).map_err(bad)?, decode(value).map_err(bad)?);
            match name.as_str() {
                "interface" => interface = value,
                "group" => group = Some(value),
                "version" => version = Some(value),
                "registration" => registration = Some(value),
                "anyhost" | "" => {}
                _ => endpoint = endpoint.with(&name, &value).map_err(|error| bad(&error.to_string()))?,
            }
        }
        // ANCHOR_END: parameters
        // Put together and read again, an interface with a border in it would say another group or version.
        if interface.contains(['/', ':']) {
            return Err(bad("its interface is none"));
        }
        let group = group.map(|group| format!("{group}/")).unwrap_or_default();
        let version = version.map(|version| format!(":{version}")).unwrap_or_default();
        let key = format!("{group}{interface}{version}");
        let service = ServiceKey::parse(&key).map_err(|error| bad(&error.to_string()))?;
        Ok(Self { protocol: protocol.to_owned(), service, endpoint, registration })
    }
    // ANCHOR_END: parse
}

/// The longest name of a node that is read: each byte of an address may have become three.
const MAX_NODE: usize = 3 * MAX_URL;

/// As `java.net.URLEncoder` writes it.
// ANCHOR: encode
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string().replace("%20", "+")
}
// ANCHOR_END: encode

/// What [`encode`] was given.
///
/// # Errors
/// When a `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
// ANCHOR: decode
pub fn decode(text: &str) -> Result<String, &'static str> {
    let digits = |at: usize| {
        text.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    if text.match_indices('%').any(|(at, _)| !digits(at)) {
        return Err("a % in it is not followed by two hexadecimal digits");
    }
    // First the plus signs: one that was meant stands there as %2B until the next line.
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8().map_err(|_| "it is not UTF-8")?;
    Ok(decoded.into_owned())
}
// ANCHOR_END: decode

fn malformed(what: &str, why: &str) -> RegistryError {
    // A stranger's text: as much of it as fits on a line.
    let shown: String = what.chars().take(120).collect();
    RegistryError::Malformed { what: format!("{shown:?}"), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(key: &str, labels: &[(&str, &str)]) -> ProviderUrl {
        let endpoint = Endpoint::new("127.0.0.1:7050".parse().unwrap());
        let endpoint = labels.iter().fold(endpoint, |it, (name, value)| it.with(name, value).unwrap());
        let service = ServiceKey::parse(key).unwrap();
        ProviderUrl { protocol: "yrpc".into(), service, endpoint, registration: Some("9f".into()) }
    }

    #[test]
    fn it_is_written_as_dubbo_writes_it() {
        let url = url("blue/shop.OrderService:1.0", &[("zone", "a b"), ("weight", "100")]);
        assert_eq!(
            url.to_url(),
            "yrpc://127.0.0.1:7050/shop.OrderService?anyhost=true&group=blue&interface=shop.OrderService&\
             registration=9f&version=1.0&weight=100&zone=a+b"
        );
        assert!(
            url.to_node()
                .starts_with("yrpc%3A%2F%2F127.0.0.1%3A7050%2Fshop.OrderService%3Fanyhost%3Dtrue%26")
        );
        assert!(url.to_node().ends_with("zone%3Da%2Bb"), "encoded twice: {}", url.to_node());
    }

    #[test]
    fn it_comes_back_with_every_awkward_character() {
        for value in ["", " ", "+", "%", "%2B", "a/b?c&d=e#f", "~*-._", "北京 😀", "\u{1b}[2J\0\n", "\"'\\<>"]
        {
            let url = url("S", &[("x y&=%", value)]);
            assert_eq!(ProviderUrl::parse(&url.to_url()), Ok(url.clone()), "{value:?}");
            assert_eq!(ProviderUrl::from_node(&url.to_node()), Ok(url.clone()), "{value:?}");
            assert!(!url.to_node().contains('/'));
        }
        let six = ProviderUrl { endpoint: Endpoint::new("[::1]:80".parse().unwrap()), ..url("S", &[]) };
        assert_eq!(ProviderUrl::from_node(&six.to_node()), Ok(six));
    }

    #[test]
    fn the_encoding_is_javas() {
        assert_eq!(encode("a b+c~d*e-f._g%北"), "a+b%2Bc%7Ed*e-f._g%25%E5%8C%97");
        assert_eq!(decode("%e5%8c%97").as_deref(), Ok("北"), "small digits are read, too");
        assert_eq!(decode("a+b%2Bc").as_deref(), Ok("a b+c"));
    }

    #[test]
    fn a_strangers_node_is_read_as_far_as_it_goes() {
        let dubbo = "dubbo%3A%2F%2F10.0.0.7%3A20880%2Fcom.laowang.orderService%3Fanyhost%3Dtrue%26application%3D\
                     shop%26interface%3Dcom.laowang.orderService%26methods%3DgetOrder%26timestamp%3D1700000000000";
        let url = ProviderUrl::from_node(dubbo).unwrap();
        assert_eq!((url.protocol.as_str(), url.service.as_str()), ("dubbo", "com.laowang.orderService"));
        assert_eq!(url.endpoint.label("timestamp"), Some("1700000000000"));
        assert_eq!(url.registration, None);
        for (node, why) in [
            ("", "it has no ://"),
            ("nothing", "it has no ://"),
            ("a://host:1/S", "its address is not IP:PORT"),
            ("a://1.2.3.4:1/", "the interface is empty"),
            ("a://1.2.3.4:1/S?x=%zz", "a % in it is not followed by two hexadecimal digits"),
            ("a://1.2.3.4:1/S?x=%ff", "it is not UTF-8"),
            ("a://1.2.3.4:1/a%20b", "interface"),
            ("a://1.2.3.4:1/?interface=blue/S:2", "its interface is none"),
        ] {
            let error = ProviderUrl::parse(node).unwrap_err().to_string();
            assert!(error.contains(why), "{node}: {error}");
        }
        for node in ["%", "%2", "a%zz", &"x".repeat(MAX_NODE + 1)] {
            assert!(matches!(ProviderUrl::from_node(node), Err(RegistryError::Malformed { .. })));
        }
    }
}
