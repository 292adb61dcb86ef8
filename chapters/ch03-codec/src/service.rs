//! The server's end: a body becomes a request, a response becomes a body.

use ch02_protocol::extension::number;
use ch02_protocol::{Frame, FrameService, Reply, Status};

use crate::marshaller::{Body, Format, Marshaller};
use crate::shop::{Request, Shop, ShopError};

/// The order service, behind frames, in every format that its [`Marshaller`] knows.
#[derive(Debug, Default)]
pub struct ShopService {
    /// The business.
    pub shop: Shop,
    /// How values travel.
    pub marshaller: Marshaller,
}

// ANCHOR: service
impl FrameService for ShopService {
    fn call(&self, frame: &Frame) -> Reply {
        let format = Format { codec: frame.codec, compressor: frame.compressor };
        let body = Body { format, bytes: frame.body.clone() };
        let request: Request = match self.marshaller.read(&body) {
            Ok(request) => request,
            // The stream is sound, only this body is not: an answer, and the connection goes on.
            Err(error) => return Reply::new(error.status(), error.to_string()),
        };
        let response = match self.shop.answer(request) {
            Ok(response) => response,
            Err(error) => return Reply::new(status(&error), error.to_string()),
        };
        // The question's codec; but its compressor only says how long the question was.
        let accepts = frame.extensions.get(number::ACCEPT).unwrap_or_default();
        let format = Format { codec: frame.codec, compressor: self.marshaller.accepted(accepts) };
        match self.marshaller.write(format, &response) {
            Ok(Body { format, bytes }) => {
                Reply { codec: format.codec, compressor: format.compressor, ..Reply::ok(bytes) }
            }
            // It ran: a caller who tries again would order twice.
            Err(error) => Reply::new(Status::INTERNAL, error.to_string()),
        }
    }
}
// ANCHOR_END: service

fn status(error: &ShopError) -> Status {
    match error {
        ShopError::NotFound(_) => Status::NOT_FOUND,
        ShopError::BadOrder(_) => Status::BAD_ARGUMENT,
        ShopError::Full(_) => Status::BUSY,
    }
}
