//! Asks a server whether it is ready, in its own words.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A question, and what the answer contains when all is well.
///
/// One of the questions of each server asks for something that only *this* server can know, such as its data
/// folder. Another program may have taken the port in the moment between finding it free and using it; perhaps
/// even another server of the same kind, which would answer any other question just as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Probe {
    pub question: String,
    pub answer: String,
}

/// How long one question may take: a second. It is asked again as long as there is time.
const PATIENCE: Duration = Duration::from_secs(1);
/// The longest answer that is read: 64 KiB; they have about 1 KiB.
const LONGEST: u64 = 64 * 1024;

impl Probe {
    pub(crate) fn new(question: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { question: question.into(), answer: answer.into() }
    }

    /// Asks once.
    ///
    /// # Errors
    /// What came instead of the answer, for a message.
    pub(crate) fn ask(&self, address: SocketAddr) -> Result<(), String> {
        let heard = self.converse(address).map_err(|error| error.to_string())?;
        if heard.contains(&self.answer) {
            return Ok(());
        }
        let heard: String = heard.chars().take(200).collect();
        Err(format!("asked {:?}, it answered {heard:?}, which lacks {:?}", self.question, self.answer))
    }

    fn converse(&self, address: SocketAddr) -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(self.question.as_bytes())?;
        let (mut heard, mut piece) = (Vec::new(), [0; 1024]);
        let mut stream = stream.take(LONGEST);
        loop {
            let length = stream.read(&mut piece)?;
            heard.extend_from_slice(&piece[..length]);
            let text = String::from_utf8_lossy(&heard);
            // Redis keeps the connection open: the answer is complete when it holds what was hoped for.
            if length == 0 || text.contains(&self.answer) || text.starts_with('-') {
                return Ok(text.into_owned());
            }
        }
    }
}
