//! Where a service can be called, and what its provider says about itself.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// Where a service can be called. [R-01]
///
/// Labels are what routers and balancers will ask about (chapter 6): a zone, a weight, a tag. A registry gives
/// everybody the same list and looks at none of them: who is chosen for whom is the caller's business. [R-08]
/// Any text may
/// stand in them, so whoever writes them into a path or an address has to encode them ([`url`](crate::url)).
// ANCHOR: endpoint
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Endpoint {
    address: SocketAddr,
    labels: BTreeMap<String, String>,
}
// ANCHOR_END: endpoint

impl Endpoint {
    /// How many labels an endpoint may have: 32. Dubbo's addresses have about twenty parameters.
    pub const MAX_LABELS: usize = 32;
    /// How long all names and values may be together: 2048 bytes. A registry keeps every endpoint in memory,
    /// and sends it to everybody; written into the name of a node, each byte may become three.
    pub const MAX_LABEL_BYTES: usize = 2048;
    /// Names that say which service is meant, or are the registry's own.
    pub const RESERVED: [&'static str; 5] = ["interface", "group", "version", "registration", "anyhost"];

    /// At `address`, without labels.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, labels: BTreeMap::new() }
    }

    /// Says one more thing about it.
    ///
    /// # Errors
    /// [`LabelError`].
    pub fn with(mut self, name: &str, value: &str) -> Result<Self, LabelError> {
        self.labels.insert(name.to_owned(), value.to_owned());
        self.check()?;
        Ok(self)
    }

    /// Where to connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the provider says under `name`.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.get(name).map(String::as_str)
    }

    /// All labels, by name.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn check(&self) -> Result<(), LabelError> {
        if self.labels.len() > Self::MAX_LABELS {
            return Err(LabelError::TooMany { limit: Self::MAX_LABELS });
        }
        let bytes: usize = self.labels().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > Self::MAX_LABEL_BYTES {
            return Err(LabelError::TooLong { bytes, limit: Self::MAX_LABEL_BYTES });
        }
        match self.labels.keys().find(|name| name.is_empty() || Self::RESERVED.contains(&name.as_str())) {
            Some(name) => Err(LabelError::Name { name: name.clone() }),
            None => Ok(()),
        }
    }
}

/// One that has just come from a stranger.
#[derive(Deserialize)]
struct Unchecked {
    address: SocketAddr,
    labels: BTreeMap<String, String>,
}

impl TryFrom<Unchecked> for Endpoint {
    type Error = LabelError;

    fn try_from(Unchecked { address, labels }: Unchecked) -> Result<Self, LabelError> {
        let endpoint = Self { address, labels };
        endpoint.check()?;
        Ok(endpoint)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address)?;
        for (index, (name, value)) in self.labels().enumerate() {
            let gap = if index == 0 { " " } else { ", " };
            // A stranger's text: escaped, so that it cannot paint the terminal.
            write!(f, "{gap}{}={}", name.escape_debug(), value.escape_debug())?;
        }
        Ok(())
    }
}

/// Labels that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Too many.
    #[error("an endpoint has at most {limit} labels")]
    TooMany {
        /// How many it may have.
        limit: usize,
    },
    /// Too long, all together.
    #[error("the labels of an endpoint have {bytes} bytes, at most {limit} are allowed")]
    TooLong {
        /// How long they are.
        bytes: usize,
        /// How long they may be.
        limit: usize,
    },
    /// Empty, or one of [`Endpoint::RESERVED`].
    #[error("a label cannot be named {name:?}")]
    Name {
        /// The name.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint() -> Endpoint {
        Endpoint::new("127.0.0.1:7050".parse().unwrap())
    }

    #[test]
    fn any_text_may_stand_in_a_label_and_is_shown_harmlessly() {
        let endpoint = endpoint().with("zone", "a/b ?&=%\u{1b}[2J 北").unwrap().with("weight", "2").unwrap();
        assert_eq!(endpoint.label("zone"), Some("a/b ?&=%\u{1b}[2J 北"));
        assert_eq!(endpoint.to_string(), "127.0.0.1:7050 weight=2, zone=a/b ?&=%\\u{1b}[2J 北");
        assert_eq!(endpoint.labels().count(), 2);
    }

    #[test]
    fn labels_are_bounded_and_some_names_are_taken() {
        for name in [""].into_iter().chain(Endpoint::RESERVED) {
            assert_eq!(endpoint().with(name, "x"), Err(LabelError::Name { name: name.into() }));
        }
        let long = "x".repeat(Endpoint::MAX_LABEL_BYTES);
        assert_eq!(endpoint().with("a", &long[1..]).map(|_| ()), Ok(()));
        let error = LabelError::TooLong { bytes: 2049, limit: 2048 };
        assert_eq!(endpoint().with("a", &long), Err(error));
        let many = (0..32).try_fold(endpoint(), |endpoint, n| endpoint.with(&n.to_string(), "")).unwrap();
        assert_eq!(many.clone().with("31", "again").map(|_| ()), Ok(()));
        assert_eq!(many.with("32", ""), Err(LabelError::TooMany { limit: 32 }));
        // Nor does one beyond its bounds come from anywhere else.
        let stranger = r#"{"address":"127.0.0.1:1","labels":{"group":"x"}}"#;
        let error = serde_json::from_str::<Endpoint>(stranger).unwrap_err();
        assert_eq!(error.to_string(), "a label cannot be named \"group\"");
    }
}
