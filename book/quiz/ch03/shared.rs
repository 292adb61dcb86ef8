//! One list, twice in another one: as a graph, and through a type of Rust.

use ch03_codec::Limits;
use ch03_codec::hessian::{self, Graph, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut graph = Graph::new();
    let tags = graph.list([Value::from("new")]);
    graph.root = graph.list([tags.clone(), tags]);
    let shared = graph.encode()?;
    println!("shared:   {shared:02x?}");
    let tree: Vec<Vec<String>> = hessian::from_slice(&shared, &Limits::default())?;
    println!("as lists: {tree:?}");
    println!("again:    {:02x?}", hessian::to_vec(&tree)?);
    Ok(())
}
