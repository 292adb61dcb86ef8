//! Act 4: what Java wrote, and what is shared. [S-06] [S-09]

use std::io::Write;

use ch03_codec::Limits;
use ch03_codec::dump::show;
use ch03_codec::hessian::{self, Graph, Value as Hessian};
use demo_kit::Failure;
use serde::Deserialize;
use serde_json::{Value, json};

/// Written by Java, by Hessian's reference implementation: a `User` whose field `self` is the user himself.
const USER: &[u8] = b"\x43\x09Hess$User\x96\x02id\x04name\x03big\x05score\x04tags\x04self\
    \x60\x97\x01n\x4c\x00\x00\x00\x01\x2a\x05\xf2\x00\x5f\x00\x00\x05\xdc\
    \x7b\x01a\x02\xe4\xb8\xad\xe6\x96\x87\x02\xed\xa0\xbd\xed\xb8\x80\x51\x90";

/// What a Rust program wants of it. The fields that it does not name are stepped over.
#[derive(Debug, Deserialize)]
struct User {
    id: u64,
    score: f64,
    tags: Vec<String>,
}

/// The same, with the field that goes round in a circle.
#[derive(Debug, Deserialize)]
struct Ring {
    #[serde(rename = "self")]
    #[expect(dead_code, reason = "only its reading matters")]
    me: Box<Ring>,
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let limits = Limits::default();
    writeln!(out, "  {} bytes that Java wrote:\n", USER.len())?;
    write!(out, "{}", show(&hessian::dump(USER)))?;
    let user: User = hessian::from_slice(USER, &limits)?;
    writeln!(out, "\n  As a Rust struct:   id {}, score {}, tags {:?}", user.id, user.score, user.tags)?;
    let graph = Graph::decode(USER, &limits)?;
    let is_itself = graph.field(&graph.root, "self") == Some(&graph.root);
    writeln!(out, "  As a graph:         self is the user himself: {is_itself}")?;
    let again = graph.encode()? == USER;
    writeln!(out, "  Written once more:  the same bytes: {again}")?;
    let ring = hessian::from_slice::<Ring>(USER, &limits).err().ok_or("a circle in a tree")?.to_string();
    writeln!(out, "  As a struct with the field self:\n    {ring}")?;
    let (shared, copied) = (baskets(true)?, baskets(false)?);
    writeln!(out, "\n  Two baskets, each with a list of 100 names:")?;
    writeln!(out, "    {copied:>5} bytes when each has a list of its own")?;
    writeln!(out, "    {shared:>5} bytes when both have the same one")?;
    Ok(json!({
        "bytes": USER.len(), "self_is_itself": is_itself, "same_bytes_again": again, "ring": ring,
        "shared": shared, "copied": copied,
    }))
}

/// The length of two baskets with a hundred names in each, in one list or in two.
fn baskets(shared: bool) -> Result<usize, Failure> {
    let mut graph = Graph::new();
    let names = |graph: &mut Graph| {
        let names: Vec<_> = (0..100).map(|index| Hessian::String(format!("article {index}"))).collect();
        graph.list(names)
    };
    let first = names(&mut graph);
    let second = if shared { first.clone() } else { names(&mut graph) };
    let [first, second] = [first, second].map(|list| graph.object("Basket", [("articles", list)]));
    graph.root = graph.list([first, second]);
    Ok(graph.encode()?.len())
}
