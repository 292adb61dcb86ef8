//! Requests to a store that speaks HTTP (etcd, Consul).
// Each of the two needs a part of it that the other does not.
#![cfg_attr(not(all(feature = "etcd", feature = "consul")), allow(dead_code))]

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;

use crate::error::RegistryError;
use crate::stored::MAX_ENTRIES;

/// How long a request may take, from connecting to the last byte: 3 s. Behind it a provider waits to
/// renew a lease of perhaps ten seconds; a store that needs longer is no help.
pub const CALL: Duration = Duration::from_secs(3);
/// How long an answer may be: 16 MiB, 4 KiB for each entry that a service may have. Most have 300 bytes.
pub const MAX_ANSWER: u64 = MAX_ENTRIES as u64 * 4096;

/// One store. Connections are kept between requests.
#[derive(Debug)]
pub(crate) struct Http {
    agent: ureq::Agent,
    base: String,
    name: String,
}

/// What came back, whatever its status.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// The header `X-Consul-Index`.
    pub index: Option<u64>,
    pub body: Vec<u8>,
}

impl Http {
    /// The store `kind` at `address`.
    pub fn new(kind: &str, address: SocketAddr) -> Self {
        let (base, name) = (format!("http://{address}"), format!("{kind} {address}"));
        Self { agent: agent(Some(CALL)), base, name }
    }

    /// For messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// `POST` with JSON.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer, RegistryError> {
        let request = self.agent.post(self.url(path)).content_type("application/json");
        self.answer(request.send(body.to_string()))
    }

    /// `PUT`.
    pub fn put(&self, path: &str, body: &str) -> Result<Answer, RegistryError> {
        self.answer(self.agent.put(self.url(path)).send(body))
    }

    /// `GET`, of a server that may take its time until it answers.
    pub fn get(&self, path: &str, its_time: Duration) -> Result<Answer, RegistryError> {
        let request = self.agent.get(self.url(path));
        let request = request.config().timeout_global(Some(CALL.saturating_add(its_time))).build();
        self.answer(request.call())
    }

    fn answer(
        &self,
        result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Answer, RegistryError> {
        let mut response = result.map_err(|error| self.unreachable(error))?;
        let index = response.headers().get("x-consul-index").and_then(|it| it.to_str().ok()?.parse().ok());
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let body = body.map_err(|error| self.unreachable(error))?;
        Ok(Answer { status: response.status().as_u16(), index, body })
    }

    /// It did not answer.
    pub fn unreachable(&self, why: impl ToString) -> RegistryError {
        RegistryError::Unreachable { registry: self.name.clone(), why: why.to_string() }
    }

    /// It said no, or what nobody understands.
    pub fn refused(&self, why: &str) -> RegistryError {
        // A stranger's text: as much of it as fits on a line, and harmless on a terminal.
        let why: String = why.trim().escape_debug().take(200).collect();
        RegistryError::Refused { registry: self.name.clone(), why }
    }
}

/// Waits for the whole of an answer at most `whole`. No proxy that the environment names: a registry is a
/// neighbour. No redirects: nobody but the address that was given is asked.
pub(crate) fn agent(whole: Option<Duration>) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(whole)
        .timeout_connect(Some(CALL))
        .timeout_recv_response(whole.is_none().then_some(CALL))
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .build()
        .into()
}
