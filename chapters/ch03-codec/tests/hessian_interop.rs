//! Readers that others wrote read what we write, and we read what they write. `interop/README.md` says how to
//! get them; without them these tests print why they are skipped.

mod hessian_support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use ch03_codec::Limits;
use ch03_codec::dump::show;
use ch03_codec::hessian::{Class, Graph, Node, NodeId, Value, dump};
use fastrand::Rng;
use hessian_support::{Kinds, difference, graph};
use serde_json::{Value as Json, json};

/// How many graphs each reader gets.
const CASES: u64 = 400;

/// What all of them can hold: keys that are texts.
const KINDS: Kinds = Kinds { cycles: true, any_key: false, long: true };

#[test]
fn hessian_js_reads_ours_and_we_read_its() {
    let Some(witness) = Witness::new("node", &["-e", "require('hessian.js')"], &[&script("hessian-js.mjs")])
    else {
        return;
    };
    let cases = cases(|rng| {
        each_value(graph(rng, KINDS), &|value| match value {
            Value::Date(ms) => Value::Date(ms % 8_640_000_000_000_000), // the last date of JavaScript
            other => other,
        })
    });
    let input: Vec<String> = cases.iter().map(|(name, graph)| line(name, graph)).collect();
    let answers = witness.run(&input);
    check_faults(&cases, &answers[..cases.len()]);

    let own = &answers[cases.len()..];
    assert!(own.len() > 20, "{} values of its own", own.len());
    for answer in own {
        let bytes = from_hex(answer["own"].as_str().expect("bytes"));
        let got = Graph::decode(&bytes, &Limits::default())
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", answer["name"], shown(&bytes)));
        let nodes = answer["nodes"].as_array().expect("nodes").iter().map(node_of).collect();
        let expected = Graph { root: value_of(&answer["root"]), nodes };
        assert_eq!(difference(&expected, &got), None, "{}\n{}", answer["name"], shown(&bytes));
    }
    println!(
        "hessian.js: {} graphs read as they were meant, {} of its own read by us",
        cases.len(),
        own.len()
    );
}

#[test]
fn python_hessian_reads_ours() {
    let Some(witness) = Witness::new("python3", &["-c", "import pyhessian"], &[&script("python_hessian.py")])
    else {
        return;
    };
    let cases = cases(|rng| {
        let mut graph = graph(rng, Kinds { cycles: false, long: false, ..KINDS });
        for node in &mut graph.nodes {
            // An empty list does not get its number, and all later references are wrong.
            if let Node::List { values, .. } = node
                && values.is_empty()
            {
                values.push(Value::Null);
            }
        }
        each_value(graph, &|value| match value {
            // Dates begin in the year 1 and end in 9999.
            Value::Date(ms) => Value::Date(ms % 60_000_000_000_000),
            // Longer texts go another way, on which characters are lost.
            Value::String(text) => Value::String(text.chars().take(500).collect()),
            // Thousandths are divided by 1000 where Java multiplies by 0.001; some differ in their last bit.
            Value::Double(value) if (value * 1000.0).trunc() / 1000.0 != value => {
                Value::Double(value.trunc())
            }
            other => other,
        })
    });
    let input: Vec<String> = cases.iter().map(|(name, graph)| line(name, graph)).collect();
    check_faults(&cases, &witness.run(&input));

    // What was left out above, so that we notice when it is mended.
    let mut empty = Graph::new();
    let (none, one) = (empty.list([]), empty.list([1.into()]));
    empty.root = empty.list([none, one.clone(), one]);
    let known: Vec<(String, Graph)> = [
        ("a text of 1024 units loses its z", "z".repeat(1024).into()),
        ("an emoji in such a text stays two halves", ("x".repeat(1023) + "😀").into()),
        ("a short last chunk after a long one", "x".repeat(0x8001).into()),
        ("the last bit of some prices", Value::Double(0.001 * 1009.0)),
    ]
    .map(|(name, root)| (name.to_owned(), Graph { root, nodes: Vec::new() }))
    .into_iter()
    .chain([("references after an empty list".to_owned(), empty)])
    .collect();
    let input: Vec<String> = known.iter().map(|(name, graph)| line(name, graph)).collect();
    for answer in witness.run(&input) {
        let fault = answer["fault"].as_str().unwrap_or_else(|| panic!("mended: {}", answer["name"]));
        println!("python-hessian, known: {}: {}", answer["name"], fault.chars().take(80).collect::<String>());
    }
    println!("python-hessian: {} graphs read as they were meant", cases.len());
}

/// The reference implementation: it reads, and what it writes is the same, byte for byte.
#[test]
fn java_reads_ours_and_writes_the_same() {
    let jar = std::env::var("HESSIAN_JAR").unwrap_or_else(|_| "/usr/share/java/hessian.jar".to_owned());
    if !Path::new(&jar).exists() {
        println!("skipped: no {jar}; install libhessian-java, or name the file in HESSIAN_JAR");
        return;
    }
    let script = script("Caucho.java");
    // It reaches into classes of Java that later versions have closed.
    let opened =
        ["--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED"];
    let Some(witness) = Witness::new(
        "java",
        &["--describe-module", "jdk.compiler"],
        &[opened[0], opened[1], "-cp", &jar, &script],
    ) else {
        return;
    };
    let class =
        Arc::new(Class { name: "Caucho$Thing".into(), fields: ["f0", "f1", "f2"].map(Into::into).to_vec() });
    let cases = cases(|rng| {
        let mut graph = graph(rng, KINDS);
        for node in &mut graph.nodes {
            match node {
                // A list that claims an unknown type comes back without a type.
                Node::List { type_name: Some(name), .. } => *name = "java.util.LinkedList".into(),
                Node::Object { class: old, values } => {
                    values.resize(3, Value::Null);
                    *old = Arc::clone(&class);
                }
                _ => {}
            }
        }
        each_value(graph, &|value| match value {
            Value::Double(value) => Value::Double(value + 0.0), // -0.0 loses its sign
            other => other,
        })
    });
    let bytes: Vec<Vec<u8>> =
        cases.iter().map(|(_, graph)| graph.encode().expect("can be written")).collect();
    let answers = witness.lines(&bytes.iter().map(|bytes| to_hex(bytes)).collect::<Vec<_>>());
    assert_eq!(answers.len(), cases.len());
    let mut same = 0;
    for ((name, graph), (bytes, answer)) in cases.iter().zip(bytes.iter().zip(&answers)) {
        let again =
            answer.strip_prefix("again ").unwrap_or_else(|| panic!("{name}: {answer}\n{}", shown(bytes)));
        let again = from_hex(again);
        let back =
            Graph::decode(&again, &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Some(difference) = difference(graph, &back) {
            panic!("{name}: {difference}\n{}\nJava:\n{}", shown(bytes), shown(&again));
        }
        // Where its buffer of 8 KiB is full, it begins a new chunk of bytes.
        assert!(again == *bytes || bytes.len() > 8000, "{name}\n{}\nJava:\n{}", shown(bytes), shown(&again));
        same += usize::from(again == *bytes);
    }
    println!("Java: {} graphs read and written again, {same} of them with the same bytes", cases.len());
}

fn cases(make: impl Fn(&mut Rng) -> Graph) -> Vec<(String, Graph)> {
    (0..CASES).map(|seed| (format!("graph {seed}"), make(&mut Rng::with_seed(seed)))).collect()
}

fn each_value(mut graph: Graph, change: &dyn Fn(Value) -> Value) -> Graph {
    let change = |value: &mut Value| *value = change(std::mem::replace(value, Value::Null));
    change(&mut graph.root);
    for node in &mut graph.nodes {
        match node {
            Node::List { values, .. } | Node::Object { values, .. } => values.iter_mut().for_each(change),
            Node::Map { entries, .. } => entries.iter_mut().for_each(|(_, value)| change(value)),
        }
    }
    graph
}

#[track_caller]
fn check_faults(cases: &[(String, Graph)], answers: &[Json]) {
    assert_eq!(cases.len(), answers.len(), "one answer for each graph");
    for ((name, graph), answer) in cases.iter().zip(answers) {
        assert_eq!(answer["name"], json!(name));
        if let Some(fault) = answer["fault"].as_str() {
            panic!("{name}: {fault}\n{}", shown(&graph.encode().expect("can be written")));
        }
    }
}

/// A program that others wrote the inside of.
struct Witness {
    program: &'static str,
    arguments: Vec<String>,
}

impl Witness {
    /// Nothing, with the reason printed, when `program` does not do what `probe` asks.
    fn new(program: &'static str, probe: &[&str], arguments: &[&str]) -> Option<Self> {
        match Command::new(program).args(probe).stdout(Stdio::null()).stderr(Stdio::null()).status() {
            Ok(status) if status.success() => {
                let arguments = arguments.iter().map(ToString::to_string).collect();
                return Some(Self { program, arguments });
            }
            Ok(_) => println!("skipped: `{program} {}` fails; see interop/README.md", probe.join(" ")),
            Err(error) => println!("skipped: {program} cannot be started ({error}); see interop/README.md"),
        }
        None
    }

    fn run(&self, input: &[String]) -> Vec<Json> {
        let lines = self.lines(input);
        lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            .collect()
    }

    /// One line for each line, and what it has to say of its own.
    fn lines(&self, input: &[String]) -> Vec<String> {
        let mut process = Command::new(self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was there a moment ago");
        let mut stdin = process.stdin.take().expect("piped");
        let input = input.join("\n") + "\n";
        // It answers while we are still asking: two pipes, two threads.
        let asking = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = process.wait_with_output().expect("its output");
        let asked = asking.join().expect("no panic");
        assert!(output.status.success(), "{} ended with {}", self.program, output.status);
        asked.expect("it reads to the end");
        String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
    }
}

fn script(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "interop", name].iter().collect();
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// A case as the witnesses get it: the bytes, and what they mean.
fn line(name: &str, graph: &Graph) -> String {
    // Decoded once, so that a number of a node is the one that the bytes have.
    let bytes = graph.encode().expect("can be written");
    let graph = Graph::decode(&bytes, &Limits::default()).expect("can be read");
    let nodes: Vec<Json> = graph.nodes.iter().map(node).collect();
    json!({ "name": name, "hex": to_hex(&bytes), "root": value(&graph.root), "nodes": nodes }).to_string()
}

fn value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!({ "int": value.to_string() }),
        Value::Long(value) => json!({ "long": value.to_string() }),
        Value::Double(value) => json!({ "double": to_hex(&value.to_be_bytes()) }),
        Value::Date(ms) => json!({ "date": ms.to_string() }),
        Value::String(text) => json!({ "text": text }),
        Value::Binary(bytes) => json!({ "binary": to_hex(bytes) }),
        Value::Node(NodeId(id)) => json!({ "node": id }),
    }
}

fn node(node: &Node) -> Json {
    let all = |values: &[Value]| values.iter().map(value).collect::<Vec<_>>();
    match node {
        Node::List { type_name, values } => json!({ "list": all(values), "type": type_name.as_deref() }),
        Node::Map { type_name, entries } => {
            let entries: Vec<Json> = entries.iter().map(|(key, of)| json!([value(key), value(of)])).collect();
            json!({ "map": entries, "type": type_name.as_deref() })
        }
        Node::Object { class, values } => {
            json!({ "object": all(values), "class": class.name, "fields": class.fields })
        }
    }
}

/// The reverse of [`value`].
fn value_of(json: &Json) -> Value {
    let Json::Object(object) = json else {
        return json.as_bool().map_or(Value::Null, Value::Bool);
    };
    let (kind, content) = object.iter().next().expect("a kind");
    if kind == "node" {
        return Value::Node(NodeId(content.as_u64().expect("a number") as usize));
    }
    let text = content.as_str().expect("a text");
    match kind.as_str() {
        "int" => Value::Int(text.parse().expect("an int")),
        "long" => Value::Long(text.parse().expect("a long")),
        "double" => Value::Double(f64::from_be_bytes(from_hex(text).try_into().expect("8 bytes"))),
        "date" => Value::Date(text.parse().expect("a date")),
        "text" => text.into(),
        "binary" => from_hex(text).into(),
        _ => panic!("a kind that nobody knows: {kind}"),
    }
}

/// The reverse of [`node`].
fn node_of(json: &Json) -> Node {
    let all = |name: &str| json[name].as_array().map(|values| values.iter().map(value_of).collect());
    let type_name = json["type"].as_str().map(Arc::from);
    if let Some(values) = all("list") {
        return Node::List { type_name, values };
    }
    if let Some(entries) = json["map"].as_array() {
        let entries = entries.iter().map(|entry| (value_of(&entry[0]), value_of(&entry[1]))).collect();
        return Node::Map { type_name, entries };
    }
    let text = |json: &Json| json.as_str().expect("a text").to_owned();
    let fields = json["fields"].as_array().expect("fields").iter().map(text).collect();
    let class = Arc::new(Class { name: text(&json["class"]), fields });
    Node::Object { class, values: all("object").expect("values") }
}

/// What bytes say, if that is not too long.
fn shown(bytes: &[u8]) -> String {
    show(&dump(bytes)).chars().take(4_000).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("ASCII"));
    digits.map(|pair| u8::from_str_radix(pair, 16).expect("hex")).collect()
}
