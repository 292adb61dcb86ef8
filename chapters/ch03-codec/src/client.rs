//! The caller's end: one connection, and a format of the caller's choice for each call.

use std::net::SocketAddr;
use std::sync::Arc;

use ch01_raw_tcp::{Meter, Outcome};
use ch02_protocol::extension::number;
use ch02_protocol::{CallError, ClientOptions, Extensions, Frame, FrameClient, Kind, Status};

use crate::marshaller::{Body, BodyError, Format, Marshaller};
use crate::shop::{Item, Order, Request, Response};

/// A client of the order service. Any number of threads may share it.
#[derive(Debug)]
pub struct ShopClient {
    client: FrameClient,
    marshaller: Marshaller,
}

impl ShopClient {
    /// Connects to the server at `address`.
    ///
    /// # Errors
    /// [`CallError::Connect`].
    pub fn connect(
        address: SocketAddr,
        options: &ClientOptions,
        marshaller: Marshaller,
    ) -> Result<Self, CallError> {
        Ok(Self { client: FrameClient::connect(address, options, &Arc::new(Meter::default()))?, marshaller })
    }

    /// Asks in `format`, and gives what was answered, with the body that it came in. A server of this chapter
    /// answers in the same codec, and with the same compressor if that is worth it; any other that we know
    /// is read as well.
    ///
    /// # Errors
    /// [`ShopCallError`]; ask its [`outcome`](ShopCallError::outcome).
    // ANCHOR: call
    pub fn call(&self, format: Format, request: &Request) -> Result<(Response, Body), ShopCallError> {
        let extensions = match format.compressor {
            0 => Extensions::none(),
            id => Extensions::none().with(number::ACCEPT, false, &[id]),
        };
        let body = self.marshaller.write(format, request).map_err(ShopCallError::Request)?;
        let Format { codec, compressor } = body.format;
        let frame = Frame { codec, compressor, extensions, ..Frame::new(Kind::Request, 0, body.bytes) };
        let reply = self.client.send(frame)?.wait()?;
        if reply.status != Status::OK {
            let text = String::from_utf8_lossy(&reply.body).into_owned();
            return Err(CallError::Remote { status: reply.status, text }.into());
        }
        let format = Format { codec: reply.codec, compressor: reply.compressor };
        let body = Body { format, bytes: reply.body };
        let response = self.marshaller.read(&body).map_err(ShopCallError::Response)?;
        Ok((response, body))
    }
    // ANCHOR_END: call

    /// Greets.
    ///
    /// # Errors
    /// Those of [`call`](Self::call), and an answer to another question.
    pub fn say_hello(&self, format: Format, name: &str) -> Result<String, ShopCallError> {
        match self.call(format, &Request::SayHello { name: name.into() })?.0 {
            Response::Greeting(text) => Ok(text),
            other => Err(ShopCallError::unexpected("a greeting", &other)),
        }
    }

    /// Stores an order and gives its id.
    ///
    /// # Errors
    /// Those of [`call`](Self::call), and an answer to another question.
    pub fn place_order(
        &self,
        format: Format,
        customer: &str,
        items: Vec<Item>,
        note: Option<String>,
    ) -> Result<u64, ShopCallError> {
        match self.call(format, &Request::PlaceOrder { customer: customer.into(), items, note })?.0 {
            Response::Placed(id) => Ok(id),
            other => Err(ShopCallError::unexpected("an order's id", &other)),
        }
    }

    /// Looks an order up.
    ///
    /// # Errors
    /// Those of [`call`](Self::call), and an answer to another question.
    pub fn get_order(&self, format: Format, id: u64) -> Result<Order, ShopCallError> {
        match self.call(format, &Request::GetOrder { id })?.0 {
            Response::Order(order) => Ok(order),
            other => Err(ShopCallError::unexpected("an order", &other)),
        }
    }
}

/// A call that gave no value.
#[derive(Debug, thiserror::Error)]
pub enum ShopCallError {
    /// The request has no body in this format. Nothing was sent.
    #[error("the request cannot be written: {0}")]
    Request(#[source] BodyError),
    /// The call failed on its way, or the server said no.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A response came, and cannot be read. The server says that the call ran; what it said, nobody knows.
    #[error("the response cannot be read: {0}")]
    Response(#[source] BodyError),
    /// A response came, to another question. The call may have run.
    #[error("expected {expected}, got {got}")]
    Unexpected {
        /// In words.
        expected: &'static str,
        /// What came.
        got: String,
    },
}

impl ShopCallError {
    fn unexpected(expected: &'static str, got: &Response) -> Self {
        Self::Unexpected { expected, got: format!("{got:?}") }
    }

    /// What the caller must assume about the call. [P-06]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Request(_) => Outcome::NeverRan,
            Self::Call(error) => error.outcome(),
            Self::Response(_) | Self::Unexpected { .. } => Outcome::MayHaveRun,
        }
    }
}
