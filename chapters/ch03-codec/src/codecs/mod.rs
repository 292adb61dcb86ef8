//! The formats that can stand in a frame, one file each.

mod bincode;
pub mod hand;
mod hessian2;
mod json;
mod postcard;
mod tagged;

pub use bincode::Bincode;
pub use hessian2::Hessian2;
pub use json::Json;
pub use postcard::Postcard;
pub use tagged::Tagged;

use std::sync::Arc;

use crate::CodecTable;

impl Default for CodecTable {
    /// Every format of this chapter: 1 json, 2 hessian2, 3 bincode, 4 postcard, 5 tagged.
    fn default() -> Self {
        let mut table = Self::empty();
        table.register(Arc::new(Json)).expect("1 is free");
        table.register(Arc::new(Hessian2)).expect("2 is free");
        table.register(Arc::new(Bincode)).expect("3 is free");
        table.register(Arc::new(Postcard)).expect("4 is free");
        table.register(Arc::new(Tagged)).expect("5 is free");
        table
    }
}
