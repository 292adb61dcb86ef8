//! How a call ended, as a number.

use std::fmt;

use ch01_raw_tcp::{Code, Outcome};

/// How a call ended: bytes 10 and 11 of a response or a goaway. [P-06]
///
/// ```text
///     0         ok
///   100 … 199   never ran           try again, here or elsewhere
///   200 … 299   may have run        try again only what may run twice
///   300 … 399   ran, and said no    trying again brings the same answer
/// ```
///
/// The hundred answers the only question that a program has: may I try again? So a client of today draws
/// the right conclusion from a code that is invented tomorrow. A number outside of all four classes is
/// taken for "may have run", the answer that promises least.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Status(pub u16);

// ANCHOR: codes
impl Status {
    /// The call ran; the body is its result.
    pub const OK: Self = Self(0);

    /// Never ran: the body is not a request, or is empty.
    pub const BAD_REQUEST: Self = Self(101);
    /// Never ran: no method of that name.
    pub const UNKNOWN_METHOD: Self = Self(102);
    /// Never ran: no room. Try again later, or elsewhere.
    pub const BUSY: Self = Self(103);
    /// Never ran: the frame carries a critical extension that this side does not know.
    pub const UNKNOWN_EXTENSION: Self = Self(104);
    /// Never ran: the server is going away.
    pub const SHUTTING_DOWN: Self = Self(105);
    /// Never ran: the body is written in a way that this side does not know. Try another codec.
    pub const UNKNOWN_CODEC: Self = Self(106);
    /// Never ran: the body is compressed in a way that this side does not know. Try without.
    pub const UNKNOWN_COMPRESSOR: Self = Self(107);
    /// Never ran: no service of that name.
    pub const UNKNOWN_SERVICE: Self = Self(108);
    /// Never ran: the arguments are not those of the method: too few, too many, or of other types.
    pub const BAD_ARGUMENTS: Self = Self(109);
    /// Never ran, in a goaway: the stream is not this protocol, or is broken. The connection ends.
    pub const BAD_FRAME: Self = Self(110);
    /// Never ran, in a goaway: the frame is of another version. The connection ends.
    pub const UNSUPPORTED_VERSION: Self = Self(111);
    /// Never ran, in a goaway: a frame was begun and not finished in time. The connection ends.
    pub const FRAME_TIMEOUT: Self = Self(112);
    /// Never ran, in a goaway: nothing came for too long. The connection ends.
    pub const IDLE: Self = Self(113);
    /// Never ran: no token, or a wrong one.
    pub const UNAUTHENTICATED: Self = Self(114);

    /// May have run: the handler panicked. It may have done part of its work.
    pub const INTERNAL: Self = Self(201);

    /// Ran and failed: the arguments make no sense.
    pub const BAD_ARGUMENT: Self = Self(301);
    /// Ran and failed: the thing asked for does not exist.
    pub const NOT_FOUND: Self = Self(302);
    /// Ran, and its reply is above the limit of a frame.
    pub const REPLY_TOO_LONG: Self = Self(303);
    /// Ran and failed, with an error of the service's own: the body is that error, in the frame's codec.
    pub const SERVICE_ERROR: Self = Self(304);
}
// ANCHOR_END: codes

impl Status {
    const NAMES: [(Self, &str); 20] = [
        (Self::OK, "ok"),
        (Self::BAD_REQUEST, "bad-request"),
        (Self::UNKNOWN_METHOD, "unknown-method"),
        (Self::BUSY, "busy"),
        (Self::UNKNOWN_EXTENSION, "unknown-extension"),
        (Self::SHUTTING_DOWN, "shutting-down"),
        (Self::UNKNOWN_CODEC, "unknown-codec"),
        (Self::UNKNOWN_COMPRESSOR, "unknown-compressor"),
        (Self::UNKNOWN_SERVICE, "unknown-service"),
        (Self::BAD_ARGUMENTS, "bad-arguments"),
        (Self::BAD_FRAME, "bad-frame"),
        (Self::UNSUPPORTED_VERSION, "unsupported-version"),
        (Self::FRAME_TIMEOUT, "frame-timeout"),
        (Self::IDLE, "idle"),
        (Self::UNAUTHENTICATED, "unauthenticated"),
        (Self::INTERNAL, "internal"),
        (Self::BAD_ARGUMENT, "bad-argument"),
        (Self::NOT_FOUND, "not-found"),
        (Self::REPLY_TOO_LONG, "reply-too-long"),
        (Self::SERVICE_ERROR, "service-error"),
    ];

    /// The name of a code that this version knows.
    pub fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(status, _)| *status == self).map(|(_, name)| *name)
    }

    /// What the caller must assume about the call; `None` when it went well.
    // ANCHOR: outcome
    pub fn outcome(self) -> Option<Outcome> {
        match self.0 {
            0 => None,
            100..=199 => Some(Outcome::NeverRan),
            300..=399 => Some(Outcome::RanAndFailed),
            // 200 to 299, and whatever a later version may invent.
            _ => Some(Outcome::MayHaveRun),
        }
    }
    // ANCHOR_END: outcome
}

/// Chapter 1's words become numbers.
impl From<Code> for Status {
    fn from(code: Code) -> Self {
        match code {
            Code::BadRequest | Code::TooLong => Self::BAD_REQUEST,
            Code::UnknownMethod => Self::UNKNOWN_METHOD,
            Code::BadArgument => Self::BAD_ARGUMENT,
            Code::NotFound => Self::NOT_FOUND,
            Code::Timeout => Self::FRAME_TIMEOUT,
            Code::Busy => Self::BUSY,
            Code::Internal => Self::INTERNAL,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{} {name}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Status({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Retries will depend on every line of this table.
    #[test]
    fn the_hundred_says_whether_it_ran() {
        use Outcome::{MayHaveRun, NeverRan, RanAndFailed};
        for (status, outcome) in [
            (0, None),
            (1, Some(MayHaveRun)),
            (99, Some(MayHaveRun)),
            (100, Some(NeverRan)),
            (199, Some(NeverRan)),
            (200, Some(MayHaveRun)),
            (299, Some(MayHaveRun)),
            (300, Some(RanAndFailed)),
            (399, Some(RanAndFailed)),
            (400, Some(MayHaveRun)),
            (65535, Some(MayHaveRun)),
        ] {
            assert_eq!(Status(status).outcome(), outcome, "{status}");
        }
    }

    #[test]
    fn a_word_and_its_number_mean_the_same() {
        for code in Code::ALL {
            let as_word = ch01_raw_tcp::CallError::Remote { code, text: String::new() }.outcome();
            assert_eq!(Status::from(code).outcome(), Some(as_word), "{code}");
        }
    }

    #[test]
    fn names_are_shown_and_unknown_numbers_too() {
        assert_eq!(Status::BUSY.to_string(), "103 busy");
        assert_eq!(Status(142).to_string(), "142");
        assert_eq!(format!("{:?}", Status::OK), "Status(0 ok)");
    }

    /// Every other implementation would notice if one moved.
    #[test]
    fn the_numbers_of_a_call_and_what_they_mean() {
        use Outcome::{NeverRan, RanAndFailed};
        for (status, shown, outcome) in [
            (Status::UNKNOWN_SERVICE, "108 unknown-service", NeverRan),
            (Status::BAD_ARGUMENTS, "109 bad-arguments", NeverRan),
            (Status::UNAUTHENTICATED, "114 unauthenticated", NeverRan),
            (Status::SERVICE_ERROR, "304 service-error", RanAndFailed),
        ] {
            assert_eq!((&*status.to_string(), status.outcome()), (shown, Some(outcome)));
        }
    }

    #[test]
    fn no_number_and_no_name_is_used_twice() {
        let (mut numbers, mut names): (Vec<_>, Vec<_>) = Status::NAMES.into_iter().unzip();
        numbers.sort_by_key(|status| status.0);
        names.sort();
        numbers.dedup();
        names.dedup();
        assert_eq!((numbers.len(), names.len()), (Status::NAMES.len(), Status::NAMES.len()));
    }
}
