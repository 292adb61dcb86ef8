//! 05-05 A provider as the name of a node.
//!
//! What a provider says about itself, as an address, and the address as one name in a tree of names.
//!
//! ```text
//!   yrpc://127.0.0.1:7050/OrderService?anyhost=true&group=blue&interface=OrderService&zone=a%2Fb
//!   └─┬┘   └─────┬──────┘ └────┬─────┘ └──────────────────────────┬────────────────────────────┘
//!  protocol   address        path           parameters: name=value, each of the two encoded
//!
//!   /dubbo/OrderService/providers/yrpc%3A%2F%2F127.0.0.1%3A7050%2FOrderService%3Fanyhost%3Dtrue…
//!                                 └──────────── all of it, encoded once more ─────────────┘
//! ```
#![forbid(unsafe_code)]

use std::net::SocketAddr;

use ch04_proxy::ServiceKey;
use ch05_registry::url::{MAX_URL, ProviderUrl};
use ch05_registry::{Endpoint, RegistryError};

/// Why a text cannot be decoded: a `%` without its two digits.
pub const BAD_PERCENT: &str = "a % in it is not followed by two hexadecimal digits";
/// Why a text cannot be decoded: what comes out is no text.
pub const NOT_UTF8: &str = "it is not UTF-8";

/// Writes `text` as `java.net.URLEncoder` does.
pub fn encode(text: &str) -> String {
    // YOUR CODE encode: byte by byte: kept as it is, a plus sign, or a percent sign and two digits.
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'*' | b'_' => encoded.push(byte.into()),
            b' ' => encoded.push('+'),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
    // END YOUR CODE
}

/// What [`encode`] was given.
///
/// # Errors
/// [`BAD_PERCENT`], [`NOT_UTF8`].
pub fn decode(text: &str) -> Result<String, &'static str> {
    // YOUR CODE decode: from left to right, each byte or each three once; at the end it must be a text.
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut next_digit = || rest.next().and_then(digit).ok_or(BAD_PERCENT);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => next_digit()? * 16 + next_digit()?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
    // END YOUR CODE
}

/// What a hexadecimal digit stands for, large or small.
fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A provider as an address.
pub fn to_url(url: &ProviderUrl) -> String {
    let ProviderUrl { protocol, service, endpoint, .. } = url;
    format!("{protocol}://{}/{}?{}", endpoint.address(), service.interface(), parameters(url))
}

/// What stands behind the question mark.
fn parameters(url: &ProviderUrl) -> String {
    // YOUR CODE parameters: the pairs in their order, each encoded, behind a first one that nobody needs.
    let mut pairs = pairs(url);
    pairs.sort_unstable();
    let pairs = pairs.iter().map(|(name, value)| format!("&{}={}", encode(name), encode(value)));
    format!("anyhost=true{}", pairs.collect::<String>())
    // END YOUR CODE
}

/// What is said about a provider, by name: the service, the registration if there is one, and the labels.
fn pairs(url: &ProviderUrl) -> Vec<(&str, &str)> {
    let own = [
        ("version", url.service.version()),
        ("registration", url.registration.as_deref()),
        ("interface", Some(url.service.interface())),
        ("group", url.service.group()),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
    url.endpoint.labels().chain(own).collect()
}

/// A provider as the name of a node.
pub fn to_node(url: &ProviderUrl) -> String {
    // YOUR CODE to_node: an address, in which nothing may be a border for whoever reads the path.
    encode(&to_url(url))
    // END YOUR CODE
}

/// Reads the name of a node.
///
/// # Errors
/// [`RegistryError::Malformed`].
pub fn from_node(name: &str) -> Result<ProviderUrl, RegistryError> {
    // Each byte of an address may have become three.
    let url = if name.len() <= 3 * MAX_URL { decode(name) } else { Err("it is too long") };
    parse(&url.map_err(|why| malformed(name, why))?)
}

/// Reads an address.
///
/// # Errors
/// [`RegistryError::Malformed`].
pub fn parse(url: &str) -> Result<ProviderUrl, RegistryError> {
    let bad = |why: &str| malformed(url, why);
    if url.len() > MAX_URL {
        return Err(bad("it is too long"));
    }
    let Parts { protocol, address, path, parameters } = split(url).map_err(bad)?;
    let found = Found {
        interface: path.to_owned(),
        group: None,
        version: None,
        registration: None,
        endpoint: Endpoint::new(address),
    };
    let found = read(parameters, found).map_err(|why| bad(&why))?;
    // Put together and read again, an interface with a border in it would say another group or version.
    if found.interface.contains(['/', ':']) {
        return Err(bad("its interface is none"));
    }
    let group = found.group.map(|group| format!("{group}/")).unwrap_or_default();
    let version = found.version.map(|version| format!(":{version}")).unwrap_or_default();
    let key = format!("{group}{}{version}", found.interface);
    let service = ServiceKey::parse(&key).map_err(|error| bad(&error.to_string()))?;
    let (protocol, registration) = (protocol.to_owned(), found.registration);
    Ok(ProviderUrl { protocol, service, endpoint: found.endpoint, registration })
}

/// What was found in an address.
struct Found {
    interface: String,
    group: Option<String>,
    version: Option<String>,
    registration: Option<String>,
    /// The address, and the labels.
    endpoint: Endpoint,
}

/// Adds what stands in the parameters to what was found before. The error says why that cannot be.
fn read(parameters: &str, mut found: Found) -> Result<Found, String> {
    // YOUR CODE read: name by name; what is none of ours is a label, whoever wrote it.
    for pair in parameters.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        match name.as_str() {
            "interface" => found.interface = value,
            "group" => found.group = Some(value),
            "version" => found.version = Some(value),
            "registration" => found.registration = Some(value),
            "anyhost" | "" => {}
            _ => found.endpoint = found.endpoint.with(&name, &value).map_err(|error| error.to_string())?,
        }
    }
    Ok(found)
    // END YOUR CODE
}

/// The parts of an address.
struct Parts<'a> {
    protocol: &'a str,
    address: SocketAddr,
    path: &'a str,
    parameters: &'a str,
}

/// Cuts an address at its borders: the first `://`, then the first `?`, and before that the first `/`.
fn split(url: &str) -> Result<Parts<'_>, &'static str> {
    // YOUR CODE split: the last two borders may be missing, and nothing stands behind them then.
    let (protocol, rest) = url.split_once("://").ok_or("it has no ://")?;
    let (rest, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = address.parse().map_err(|_| "its address is not IP:PORT")?;
    Ok(Parts { protocol, address, path, parameters })
    // END YOUR CODE
}

fn malformed(what: &str, why: &str) -> RegistryError {
    // A stranger's text: as much of it as fits on a line.
    let shown: String = what.chars().take(120).collect();
    RegistryError::Malformed { what: format!("{shown:?}"), why: why.to_owned() }
}
