//! A call as a value: which method of which service, with which arguments.

use std::borrow::Cow;

use bytes::Bytes;
use ch02_protocol::extension::number;
use ch02_protocol::{Extensions, Frame, Kind};
use ch03_codec::{Body, Format};

use crate::key::{NameError, ServiceKey, check_method};
use crate::metadata::{Metadata, MetadataError};

/// A call as a value. A stub makes one from a method call, and a handler makes a method call from one; what
/// lies between them can look at it, copy it, send it twice or refuse it, for any interface.
///
/// Names stand in the frame's header, so that whoever passes it on need not read the body; the body holds the
/// arguments and nothing else: a record with a field for each, in the format that the frame names.
///
/// A clone shares everything that is long.
// ANCHOR: invocation
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    service: ServiceKey,
    method: Cow<'static, str>,
    /// The compressors that the answer may have, the most wanted first.
    accept: Bytes,
    /// What the method is called with.
    pub arguments: Body,
    /// What the caller says beside the arguments.
    pub metadata: Metadata,
}
// ANCHOR_END: invocation

impl Invocation {
    /// Calls `method` of `service` with `arguments`. The answer may be compressed as the arguments may be.
    ///
    /// # Errors
    /// [`NameError`] when `method` cannot be a method's name.
    pub fn new(
        service: ServiceKey,
        method: impl Into<Cow<'static, str>>,
        arguments: Body,
    ) -> Result<Self, NameError> {
        let method = method.into();
        check_method(&method)?;
        Ok(Self { service, method, accept: Bytes::new(), arguments, metadata: Metadata::none() })
    }

    /// Says that the answer may be compressed with `compressor`; 0 says nothing.
    pub fn accepting(mut self, compressor: u8) -> Self {
        self.accept = if compressor == 0 { Bytes::new() } else { vec![compressor].into() };
        self
    }

    /// Which service.
    pub fn service(&self) -> &ServiceKey {
        &self.service
    }

    /// Which of its methods.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The compressors that the answer may have, the most wanted first.
    pub fn accept(&self) -> &[u8] {
        &self.accept
    }

    /// The frame that carries it. The connection gives it its id.
    // ANCHOR: to_frame
    pub fn to_frame(&self) -> Frame {
        let mut extensions = Extensions::none()
            .with(number::SERVICE, true, self.service.as_str().as_bytes())
            .with(number::METHOD, true, self.method.as_bytes());
        if !self.accept.is_empty() {
            extensions = extensions.with(number::ACCEPT, false, &self.accept);
        }
        if !self.metadata.is_empty() {
            extensions = extensions.with(number::METADATA, false, &self.metadata.encode());
        }
        let Body { format: Format { codec, compressor }, bytes } = self.arguments.clone();
        Frame { codec, compressor, extensions, ..Frame::new(Kind::Request, 0, bytes) }
    }
    // ANCHOR_END: to_frame

    /// The call that `frame` carries.
    ///
    /// # Errors
    /// [`NotACall`].
    // ANCHOR: from_frame
    pub fn from_frame(frame: &Frame) -> Result<Self, NotACall> {
        let text = |number, what| {
            let value = frame.extensions.get(number).ok_or(NotACall::Missing { what })?;
            std::str::from_utf8(value).map_err(|_| NotACall::NotText { what })
        };
        let service = ServiceKey::parse(text(number::SERVICE, "service")?)?;
        let method = text(number::METHOD, "method")?.to_owned();
        let format = Format { codec: frame.codec, compressor: frame.compressor };
        let arguments = Body { format, bytes: frame.body.clone() };
        let metadata = Metadata::decode(frame.extensions.get(number::METADATA).unwrap_or_default())?;
        let accept = frame.extensions.get(number::ACCEPT).unwrap_or_default();
        let accept = Bytes::copy_from_slice(accept);
        Ok(Self { accept, metadata, ..Self::new(service, method, arguments)? })
    }
    // ANCHOR_END: from_frame
}

/// The extensions that a call uses.
pub const EXTENSIONS: [u8; 4] = [number::ACCEPT, number::SERVICE, number::METHOD, number::METADATA];

/// A request frame that calls nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACall {
    /// A name is not there.
    #[error("the frame names no {what}")]
    Missing {
        /// `service` or `method`.
        what: &'static str,
    },
    /// A name is not UTF-8.
    #[error("the {what} in the frame is not UTF-8")]
    NotText {
        /// `service` or `method`.
        what: &'static str,
    },
    /// A name that is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Metadata that came broken.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invocation() -> Invocation {
        let format = Format { codec: 1, compressor: 2 };
        let arguments = Body { format, bytes: Bytes::from_static(b"{}") };
        let key = ServiceKey::parse("blue/OrderService:1.0").unwrap();
        Invocation::new(key, "get_order", arguments).unwrap()
    }

    #[test]
    fn it_survives_a_frame() {
        let mut invocation = invocation();
        assert_eq!(Invocation::from_frame(&invocation.to_frame()), Ok(invocation.clone()));
        invocation = invocation.accepting(3);
        invocation.metadata.set("token", "x").unwrap();
        let frame = invocation.to_frame();
        assert_eq!((frame.kind, frame.codec, frame.compressor), (Kind::Request, 1, 2));
        let critical: Vec<_> = frame.extensions.iter().map(|e| (e.number, e.critical)).collect();
        assert_eq!(critical, [(5, true), (6, true), (4, false), (7, false)]);
        assert!(critical.iter().all(|(number, _)| EXTENSIONS.contains(number)));
        assert_eq!(Invocation::from_frame(&frame), Ok(invocation));
    }

    #[test]
    fn a_frame_that_calls_nothing_is_told_why() {
        let with = |extensions| Frame { extensions, ..invocation().to_frame() };
        let service = Extensions::none().with(number::SERVICE, true, b"A");
        let method = |value| service.clone().with(number::METHOD, true, value);
        let bad = method(b"m").with(number::METADATA, false, b"\x09");
        for (extensions, says) in [
            (Extensions::none(), "the frame names no service"),
            (service.clone(), "the frame names no method"),
            (method(b"\xff"), "the method in the frame is not UTF-8"),
            (method(b""), "the method is empty"),
            (bad, "metadata ends before its last value does"),
        ] {
            assert_eq!(Invocation::from_frame(&with(extensions)).unwrap_err().to_string(), says);
        }
    }
}
