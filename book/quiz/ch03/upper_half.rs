//! A large number and a reader who expects a small one.

use ch03_codec::{CodecTable, Limits};
use prost::Message;

#[derive(Clone, PartialEq, prost::Message)]
struct Wide {
    #[prost(uint64, tag = "1")]
    quantity: u64,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Narrow {
    #[prost(uint32, tag = "1")]
    quantity: u32,
}

fn main() {
    let quantity = (1u64 << 32) + 5;
    let bytes = Wide { quantity }.encode_to_vec();
    println!("protobuf: {:?}", Narrow::decode(&bytes[..]).map(|read| read.quantity).ok());
    for codec in CodecTable::default().iter() {
        let bytes = codec.to_vec(&quantity).expect("every format can write it");
        println!("{}: {:?}", codec.name(), codec.from_slice::<u32>(&bytes, &Limits::default()).ok());
    }
}
