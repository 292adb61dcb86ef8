//! A server that does what Consul's documentation says: sessions, keys that end with them, questions that wait.
//!
//! It shows that the backend does what it should if the documentation is right, and if its author has read it
//! right. It shows nothing about Consul.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// The imitation. Ends with the test.
#[derive(Clone)]
pub struct Consul(Arc<Shared>);

struct Shared {
    address: SocketAddr,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Of the last change of anything. Real ones are told apart by key; this one wakes everybody, which the
    /// documentation allows.
    index: u64,
    sessions: HashMap<String, Session>,
    keys: BTreeMap<String, Key>,
    /// Connections, to be cut.
    connections: Vec<TcpStream>,
    down: bool,
    paused: bool,
    /// What each request asked for, without the version: for tests that look at the asking.
    log: Vec<String>,
}

struct Session {
    ttl: Duration,
    ends: Instant,
}

struct Key {
    value: String,
    created: u64,
    session: Option<String>,
}

impl Consul {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (state, changed) = (Mutex::new(State { index: 1, ..State::default() }), Condvar::new());
        let consul = Self(Arc::new(Shared { address, state, changed }));
        let (server, reaper) = (consul.clone(), consul.clone());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = server.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        thread::spawn(move || reaper.reap());
        consul
    }

    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Cuts every connection, and each new one at once. What it has on disk, it keeps.
    pub fn kill(&self) {
        let mut state = self.state();
        state.down = true;
        for connection in state.connections.drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
        self.0.changed.notify_all();
    }

    /// As after an election: every session has its whole TTL again.
    pub fn start_again(&self) {
        let mut state = self.state();
        state.down = false;
        for session in state.sessions.values_mut() {
            session.ends = Instant::now() + session.ttl;
        }
        self.0.changed.notify_all();
    }

    /// Takes connections and requests, and answers nothing.
    pub fn pause(&self, paused: bool) {
        self.state().paused = paused;
        self.0.changed.notify_all();
    }

    /// Restored from an old copy: what is there stays, but its index begins again.
    pub fn index_goes_back(&self, index: u64) {
        self.state().index = index;
        self.0.changed.notify_all();
    }

    /// What a stranger may write.
    pub fn put(&self, key: &str, value: &str, session: Option<&str>) {
        let mut state = self.state();
        state.index += 1;
        let (value, session) = (base64(value), session.map(str::to_owned));
        let created = state.index;
        state.keys.insert(key.to_owned(), Key { value, created, session });
        self.0.changed.notify_all();
    }

    /// What a stranger may delete.
    pub fn delete_all(&self) {
        let mut state = self.state();
        state.index += 1;
        state.keys.clear();
        self.0.changed.notify_all();
    }

    /// What was asked for so far.
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }

    /// Names of all keys.
    pub fn keys(&self) -> Vec<String> {
        self.state().keys.keys().cloned().collect()
    }

    /// Ends every session, as if nobody had renewed it.
    pub fn end_sessions(&self) {
        let now = Instant::now();
        self.state().sessions.values_mut().for_each(|session| session.ends = now);
        self.0.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    /// Ends sessions whose time is up, and what they hold.
    fn reap(&self) {
        let mut state = self.state();
        loop {
            let now = Instant::now();
            let over = |session: &Session| session.ends <= now;
            let ended: Vec<_> =
                state.sessions.iter().filter(|it| over(it.1)).map(|it| it.0.clone()).collect();
            if !state.down {
                ended.iter().for_each(|id| state.end_session(id));
            }
            if !ended.is_empty() {
                self.0.changed.notify_all();
            }
            let next = state.sessions.values().map(|session| session.ends).min();
            let wait = next.map_or(Duration::from_secs(1), |next| next.saturating_duration_since(now));
            let wait = wait.clamp(Duration::from_millis(1), Duration::from_secs(1));
            state = self.0.changed.wait_timeout(state, wait).unwrap().0;
        }
    }

    fn serve(&self, stream: TcpStream) {
        let mut state = self.state();
        if state.down {
            return;
        }
        state.connections.push(stream.try_clone().unwrap());
        drop(state);
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some((method, target, body)) = request(&mut reader) {
            let Some((status, index, body)) = self.answer(&method, &target, &body) else { return };
            let head = format!(
                "HTTP/1.1 {status} X\r\nX-Consul-Index: {index}\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n",
                body.len()
            );
            if (&stream).write_all(format!("{head}{body}").as_bytes()).is_err() {
                return;
            }
        }
    }

    fn answer(&self, method: &str, target: &str, body: &str) -> Option<(u16, u64, String)> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = percent_decode_str(path).decode_utf8().unwrap().into_owned();
        let query = |name: &str| {
            let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs.into_iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned())
        };
        let mut state = self.state();
        state.log.push(format!("{method} {target}"));
        while state.paused {
            state = self.0.changed.wait(state).unwrap();
        }
        let (status, body) = if method == "GET" {
            let prefix = path.strip_prefix("/v1/kv/")?;
            let asked: u64 = query("index").map_or(0, |index| index.parse().unwrap());
            let wait =
                query("wait").map_or(300_000, |wait| wait.strip_suffix("ms").unwrap().parse().unwrap());
            let end = Instant::now() + Duration::from_millis(wait);
            while asked > 0 && state.index <= asked && !state.down {
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                state = self.0.changed.wait_timeout(state, left).unwrap().0;
            }
            match query("recurse") {
                Some(_) => state.list(prefix),
                None if state.keys.contains_key(prefix) => (200, "[]".into()),
                None => (404, String::new()),
            }
        } else if path == "/v1/session/create" {
            state.create_session(&serde_json::from_str(body).unwrap())
        } else if let Some(id) = path.strip_prefix("/v1/session/renew/") {
            state.renew_session(id)
        } else if let Some(id) = path.strip_prefix("/v1/session/destroy/") {
            state.end_session(id);
            (200, "true".into())
        } else {
            state.acquire(path.strip_prefix("/v1/kv/")?, body, query("acquire")?)
        };
        self.0.changed.notify_all();
        (!state.down).then(|| (status, state.index, body))
    }
}

impl State {
    fn create_session(&mut self, asked: &Value) -> (u16, String) {
        let ttl = asked["TTL"].as_str().and_then(|ttl| ttl.strip_suffix("ms")?.parse().ok());
        let ttl = Duration::from_millis(ttl.unwrap_or(0));
        if !(10..=86_400).contains(&ttl.as_secs()) {
            return (500, format!("Invalid Session TTL '{ttl:?}', must be between [10s=24h0m0s]"));
        }
        assert_eq!((&asked["Behavior"], &asked["NodeChecks"]), (&json!("delete"), &json!([])));
        self.index += 1;
        let id = format!("00000000-0000-0000-0000-{:012x}", self.index);
        self.sessions.insert(id.clone(), Session { ttl, ends: Instant::now() + ttl });
        (200, json!({ "ID": id }).to_string())
    }

    fn renew_session(&mut self, id: &str) -> (u16, String) {
        match self.sessions.get_mut(id) {
            None => (404, format!("Session id '{id}' not found")),
            Some(session) => {
                session.ends = Instant::now() + session.ttl;
                (200, json!([{ "ID": id }]).to_string())
            }
        }
    }

    fn end_session(&mut self, id: &str) {
        if self.sessions.remove(id).is_some() {
            self.index += 1;
            self.keys.retain(|_, key| key.session.as_deref() != Some(id));
        }
    }

    fn acquire(&mut self, key: &str, value: &str, session: String) -> (u16, String) {
        if !self.sessions.contains_key(&session) {
            return (500, format!("invalid session {session:?}"));
        }
        if self.keys.get(key).is_some_and(|key| key.session.as_ref().is_some_and(|held| *held != session)) {
            return (200, "false".into());
        }
        self.index += 1;
        let (created, value) = (self.index, base64(value));
        self.keys.insert(key.to_owned(), Key { value, created, session: Some(session) });
        (200, "true\n".into())
    }

    fn list(&self, prefix: &str) -> (u16, String) {
        let found = self.keys.iter().filter(|(key, _)| key.starts_with(prefix));
        let found: Vec<_> = found
            .map(|(name, key)| {
                let mut pair = json!({
                    "LockIndex": 0, "Key": name, "Flags": 0, "Value": key.value,
                    "CreateIndex": key.created, "ModifyIndex": key.created,
                });
                if let Some(session) = &key.session {
                    pair["Session"] = json!(session);
                }
                pair
            })
            .collect();
        if found.is_empty() { (404, String::new()) } else { (200, json!(found).to_string()) }
    }
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(text)
}

/// Method, target and body of the next request.
fn request(reader: &mut impl BufRead) -> Option<(String, String, String)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            None => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some(_) => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((method, target, String::from_utf8(body).ok()?))
}
