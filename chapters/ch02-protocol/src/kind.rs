//! What a frame is for.

use std::fmt;

/// What a frame is for: byte 5 of the header. [P-03]
///
/// The numbers travel on the wire, so they never change. 0 is none of them: a block of zeros, the most
/// common rubbish there is, must not look like a frame.
// ANCHOR: kind
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Asks for a [`Kind::Response`] with the same request id.
    Request = 1,
    /// Answers the request, or the heartbeat, that has its id.
    Response = 2,
    /// Asks for something to be done, and wants no answer.
    OneWay = 3,
    /// "Are you there?" Answered by an empty response with its id, which is 0: no request has it. [H-01]
    Heartbeat = 4,
    /// "I no longer wait for this id." What has not begun need not begin; nothing is answered.
    Cancel = 5,
    /// "I shall not answer requests above this id; go elsewhere." The status says why, the body says it for
    /// people.
    Goaway = 6,
}
// ANCHOR_END: kind

impl Kind {
    /// Every kind, in the order of the numbers.
    pub const ALL: [Self; 6] =
        [Self::Request, Self::Response, Self::OneWay, Self::Heartbeat, Self::Cancel, Self::Goaway];

    /// The kind of a byte from the wire; `None` when there is no such kind.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte).wrapping_sub(1)).copied()
    }

    /// The name in output and in the dissector.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::OneWay => "one-way",
            Self::Heartbeat => "heartbeat",
            Self::Cancel => "cancel",
            Self::Goaway => "goaway",
        }
    }

    /// Whether the status of such a frame means something. In all others it must be 0.
    pub fn has_status(self) -> bool {
        matches!(self, Self::Response | Self::Goaway)
    }

    /// Whether such a frame may carry a body. A heartbeat and a cancel are complete without one.
    pub fn has_body(self) -> bool {
        !matches!(self, Self::Heartbeat | Self::Cancel)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_one_kind_or_none() {
        let known: Vec<u8> = (0..=255).filter(|&byte| Kind::from_byte(byte).is_some()).collect();
        assert_eq!(known, [1, 2, 3, 4, 5, 6]);
        for kind in Kind::ALL {
            assert_eq!(Kind::from_byte(kind as u8), Some(kind));
        }
    }
}
