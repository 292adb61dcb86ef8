//! Hessian2, complete: the format of the classic Dubbo protocol, by hand. [S-06] [S-09]
//!
//! It needs no schema, and the names of fields stand in the message: once, in a *class definition*, after which
//! objects give their values only.
//!
//! ```text
//!   43 04 'User' 92 02 'id' 04 'name'    class 0 is User, with the 2 fields id and name
//!   60 97 07 'laowang'                   an object of class 0: id = 7, name = "laowang"
//!   60 98 03 'bob'                       another: 6 bytes
//!   51 90                                the first of them again
//! ```
//!
//! So a message is read with three tables that fill as it is read: classes, names of types, and containers
//! (lists, maps and objects), to which later bytes refer by number.
//!
//! Two ways in and out:
//! * [`Graph`] holds any message, as a table of nodes: what is shared stays shared, and cycles are allowed.
//! * [`to_vec`] and [`from_slice`] go through serde, to and from the types of your program. Rust values are
//!   trees: what is shared is read twice, a cycle is an error.
//!
//! [`dump()`] shows bytes with their meaning.

pub mod binary;
mod classes;
mod containers;
pub mod date;
pub mod de;
mod de_parts;
pub mod double;
mod dump;
pub mod error;
pub mod graph;
pub mod graph_read;
pub mod graph_write;
pub mod int;
mod joined;
pub mod long;
pub mod reader;
pub mod scan;
pub mod ser;
pub mod ser_parts;
pub mod tag;
pub mod text;

pub use de::{Deserializer, from_slice};
pub use dump::dump;
pub use error::{ClassMismatch, Error};
pub use graph::{Class, Graph, Node, NodeId, Value};
pub use graph_read::GraphReader;
pub use graph_write::GraphWriter;
pub use reader::Reader;
pub use scan::{Rest, Scanner, Token};
pub use ser::{Date, Serializer, append, to_vec};
