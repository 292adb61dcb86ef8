//! What the compiler says to a generic method behind `dyn`. This file does not compile, and that is its purpose.

// ANCHOR: wish
/// Stands for serde's.
pub trait Serialize {}

/// A format: the wish.
pub trait Codec {
    /// Appends any value.
    fn encode<T: Serialize>(&self, value: &T, out: &mut Vec<u8>);
}

/// A server knows the format when a frame is there, and not before.
pub struct Server {
    /// By their ids.
    pub codecs: Vec<Box<dyn Codec>>,
}
// ANCHOR_END: wish
