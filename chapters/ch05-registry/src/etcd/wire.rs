//! What etcd says, as JSON. Keys and values are in base 64, and numbers of 64 bits in quotes, because a number
//! in JavaScript has 53.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer};

use crate::stored::MAX_VALUE;

/// As etcd wants it.
pub fn encode64(text: String) -> String {
    BASE64_STANDARD.encode(text)
}

/// What was encoded, unless it is longer than anything of ours.
pub fn decode64(text: &str) -> Option<Vec<u8>> {
    (text.len() <= 2 * MAX_VALUE).then(|| BASE64_STANDARD.decode(text).ok()).flatten()
}

fn quoted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// Stands in every answer.
#[derive(Debug, Default, Deserialize)]
pub struct Header {
    /// How many changes the store has seen. Missing when a watch is refused.
    #[serde(default, deserialize_with = "quoted")]
    pub revision: u64,
}

/// A new lease.
#[derive(Debug, Deserialize)]
pub struct Granted {
    /// Kept as text: nobody calculates with it.
    #[serde(rename = "ID")]
    pub id: String,
}

/// A renewal.
#[derive(Debug, Deserialize)]
pub struct KeptAlive {
    pub result: Left,
}

/// What a lease has left.
#[derive(Debug, Deserialize)]
pub struct Left {
    /// Seconds. Missing, which means zero, when there is no such lease.
    #[serde(rename = "TTL", default, deserialize_with = "quoted")]
    pub ttl: u64,
}

/// Keys and values.
#[derive(Debug, Deserialize)]
pub struct Ranged {
    pub header: Header,
    #[serde(default)]
    pub kvs: Vec<Pair>,
    /// There are more than we asked for.
    #[serde(default)]
    pub more: bool,
}

/// A key and its value.
#[derive(Debug, Deserialize)]
pub struct Pair {
    key: String,
    #[serde(default)]
    value: String,
    /// The revision that made the key.
    #[serde(default, deserialize_with = "quoted")]
    pub create_revision: u64,
    /// The revision that changed it last, or removed it.
    #[serde(deserialize_with = "quoted")]
    pub mod_revision: u64,
    /// With which it ends.
    #[serde(default)]
    pub lease: String,
}

impl Pair {
    pub fn key(&self) -> Option<Vec<u8>> {
        decode64(&self.key)
    }

    pub fn value(&self) -> Option<Vec<u8>> {
        decode64(&self.value)
    }
}

/// A line of a watch.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Result(News),
    Error(Failure),
}

/// What has happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct News {
    pub header: Header,
    pub events: Vec<Event>,
    /// The watch is over.
    pub canceled: bool,
    /// Why, sometimes.
    pub cancel_reason: String,
    /// The oldest revision that the store still knows, when we asked for an older one.
    #[serde(deserialize_with = "quoted")]
    pub compact_revision: u64,
}

/// One change of one key.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// `DELETE`; missing when it was written.
    #[serde(rename = "type", default)]
    pub kind: String,
    pub kv: Pair,
}

/// A refusal.
#[derive(Debug, Deserialize)]
pub struct Failure {
    pub message: String,
}
