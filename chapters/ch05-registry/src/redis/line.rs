//! A connection to Redis.

use std::time::{Duration, Instant};

use ::redis::{
    Client, Connection, ConnectionAddr, FromRedisValue, IntoConnectionInfo as _, Pipeline, ProtocolVersion,
    RedisConnectionInfo, RedisError, io::tcp::TcpSettings,
};

use super::RedisOptions;
use crate::error::RegistryError;

/// How long connecting may take, and each answer: 3 s. Behind it a provider waits to renew its lease.
pub(super) const CALL: Duration = Duration::from_secs(3);

/// A connection, and what is known of the Redis behind it.
pub(super) struct Line {
    pub connection: Connection,
    name: String,
    /// Which start of Redis this is; 0 when it may not be asked.
    pub incarnation: u64,
    /// When it was started, at the latest. `None`: long ago, or it may not be asked.
    pub started: Option<Instant>,
}

impl Line {
    /// Connects, and asks who is there. A Redis that is started again has lost its connections, so once is enough.
    pub fn open(options: &RedisOptions) -> Result<Self, RegistryError> {
        let name = name(options);
        let connect = || {
            let mut redis = RedisConnectionInfo::default()
                .set_db(options.database.into())
                .set_protocol(ProtocolVersion::RESP3)
                .set_skip_set_lib_name();
            if let Some(username) = &options.username {
                redis = redis.set_username(username);
            }
            if let Some(password) = &options.password {
                redis = redis.set_password(password);
            }
            let info = ConnectionAddr::Tcp(options.address.ip().to_string(), options.address.port())
                .into_connection_info()?;
            let info =
                info.set_redis_settings(redis).set_tcp_settings(TcpSettings::default().set_nodelay(true));
            let connection = Client::open(info)?.get_connection_with_timeout(CALL)?;
            connection.set_read_timeout(Some(CALL))?;
            connection.set_write_timeout(Some(CALL))?;
            Ok(connection)
        };
        let mut connection = connect().map_err(|error| problem(&name, &error))?;
        let info: Result<String, _> = ::redis::cmd("INFO").arg("server").query(&mut connection);
        let info = match info {
            Err(error) if is_broken(&error) => return Err(problem(&name, &error)),
            info => info.unwrap_or_default(), // who may not ask, does not know
        };
        let field = |field: &str| info.lines().find_map(|line| line.strip_prefix(field));
        let incarnation = field("run_id:").and_then(|id| u64::from_str_radix(id.get(..16)?, 16).ok());
        let uptime = field("uptime_in_seconds:").and_then(|seconds| seconds.trim().parse().ok());
        let started = uptime.and_then(|seconds| Instant::now().checked_sub(Duration::from_secs(seconds)));
        Ok(Self { connection, name, incarnation: incarnation.unwrap_or(0), started })
    }

    /// Sends `pipe`, and waits for the answers.
    pub fn ask<T: FromRedisValue>(&mut self, pipe: &Pipeline) -> Result<T, RegistryError> {
        pipe.query(&mut self.connection).map_err(|error| self.problem(&error))
    }

    /// It said no, or something that cannot be.
    pub fn refused(&self, why: String) -> RegistryError {
        RegistryError::Refused { registry: self.name.clone(), why }
    }

    /// As one of ours.
    pub fn problem(&self, error: &RedisError) -> RegistryError {
        problem(&self.name, error)
    }
}

/// For messages.
pub(super) fn name(options: &RedisOptions) -> String {
    format!("redis {}", options.address)
}

/// What `TIME` says, seconds and microseconds, in milliseconds.
pub(super) fn millis((seconds, micros): (u64, u64)) -> u64 {
    seconds.saturating_mul(1000).saturating_add(micros / 1000)
}

/// Nothing came, or nothing that is an answer.
fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() || error.is_timeout() || error.is_connection_dropped()
}

fn problem(name: &str, error: &RedisError) -> RegistryError {
    // A stranger's text: as much of it as fits on a line, and harmless on a terminal.
    let (registry, why) = (name.to_owned(), error.to_string().escape_debug().take(200).collect());
    match is_broken(error) {
        true => RegistryError::Unreachable { registry, why },
        false => RegistryError::Refused { registry, why },
    }
}
