//! How much one frame may ask for.

use std::io;

use crate::header::HEADER_LEN;

/// The bounds of a frame, in both directions. A sender that breaks them is refused before memory is taken for
/// its frame. [P-05]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameLimits {
    /// The longest header, with its extensions, in bytes: 4 KiB, enough for a signed token of 2 KiB, a trace
    /// context and a deadline. At least [`HEADER_LEN`].
    pub max_header: u16,
    /// The longest body, in bytes: 8 MiB, Dubbo's default. Whatever is longer is a file, and should travel in
    /// pieces (chapter 9).
    pub max_body: u32,
}

impl Default for FrameLimits {
    fn default() -> Self {
        Self { max_header: 4 * 1024, max_body: 8 * 1024 * 1024 }
    }
}

impl FrameLimits {
    /// Refuses limits under which not even an empty frame could be sent.
    ///
    /// # Errors
    /// `InvalidInput`.
    pub fn check(&self) -> io::Result<()> {
        if usize::from(self.max_header) >= HEADER_LEN {
            return Ok(());
        }
        let wrong = format!("max_header must be at least {HEADER_LEN}, it is {}", self.max_header);
        Err(io::Error::new(io::ErrorKind::InvalidInput, wrong))
    }

    /// The longest frame, in bytes.
    pub fn max_frame(&self) -> usize {
        usize::from(self.max_header).max(HEADER_LEN) + self.max_body as usize
    }
}
