//! Act 3: old readers and new writers. [S-02]
//!
//! Every cell of the table is a run: a value is written as one type and read as another.

use std::io::Write;

use ch03_codec::{Codec, CodecTable, Limits};
use demo_kit::Failure;
use prost::Message;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// What both types know has arrived.
    Ok,
    /// The reader said no.
    No,
    /// The reader said yes, to another value.
    Bad,
}

/// The same class in every version, so that Hessian knows it again.
macro_rules! versions {
    ($($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty),* })*) => {$(
        #[derive(Serialize, Deserialize)]
        #[serde(rename = "Line")]
        struct $name { $($(#[$meta])* $field: $type),* }
    )*};
}

versions! {
    Today { id: u64, item: String, quantity: u32, stock: u32 }
    AtTheEnd { id: u64, item: String, quantity: u32, stock: u32, #[serde(default)] note: Option<String> }
    InTheMiddle { id: u64, #[serde(default)] note: Option<String>, item: String, quantity: u32, stock: u32 }
    Swapped { id: u64, item: String, stock: u32, quantity: u32 }
    Renamed { id: u64, article: String, quantity: u32, stock: u32 }
    Wider { id: u64, item: String, quantity: u64, stock: u32 }
    WithSign { id: u64, item: String, quantity: i64, stock: u32 }
    AsText { id: u64, item: String, quantity: String, stock: u32 }
}

#[derive(Serialize, Deserialize)]
enum Colour {
    Red,
    Green,
}

#[derive(Serialize, Deserialize, PartialEq)]
#[serde(rename = "Colour")]
enum MoreColours {
    Red,
    Green,
    Blue,
}

/// Protobuf's numbers stand in the program: a field that is put in the middle gets a new one.
mod pb {
    macro_rules! messages {
        ($($name:ident { $($field:ident: $type:ty = $kind:ident $($label:ident)? $tag:literal),* })*) => {$(
            #[derive(Clone, PartialEq, prost::Message)]
            pub struct $name { $(#[prost($kind, $($label,)? tag = $tag)] pub $field: $type),* }
        )*};
    }

    messages! {
        Today { id: u64 = uint64 "1", item: String = string "2", quantity: u32 = uint32 "3", stock: u32 = uint32 "4" }
        OneMore {
            id: u64 = uint64 "1", note: Option<String> = string optional "5", item: String = string "2",
            quantity: u32 = uint32 "3", stock: u32 = uint32 "4"
        }
        Wider { id: u64 = uint64 "1", item: String = string "2", quantity: u64 = uint64 "3", stock: u32 = uint32 "4" }
        WithSign { id: u64 = uint64 "1", item: String = string "2", quantity: i64 = sint64 "3", stock: u32 = uint32 "4" }
        AsText { id: u64 = uint64 "1", item: String = string "2", quantity: String = string "3", stock: u32 = uint32 "4" }
        Colour { colour: i32 = int32 "1" }
    }

    /// An enum is a number on the wire. prost keeps one that it does not know, and says so when it is asked.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
    #[repr(i32)]
    pub enum Colours {
        Red = 0,
        Green = 1,
    }
}

type Judge = Box<dyn Fn(&dyn Codec) -> Verdict>;

/// One change, and how each format bears it.
struct Change {
    name: &'static str,
    /// What a reader of today makes of a new writer.
    new_writer: Judge,
    /// What a new reader makes of a writer of today.
    new_reader: Judge,
    protobuf: (Verdict, Verdict),
}

/// The version of today and a new one, each with the test that says whether it was understood.
fn change<T, N>(
    name: &'static str,
    (today, is_today): (T, fn(&T) -> bool),
    (new, is_new): (N, fn(&N) -> bool),
    protobuf: (Verdict, Verdict),
) -> Change
where
    T: Serialize + DeserializeOwned + 'static,
    N: Serialize + DeserializeOwned + 'static,
{
    Change {
        name,
        new_writer: Box::new(move |codec| judge(codec, &new, is_today)),
        new_reader: Box::new(move |codec| judge(codec, &today, is_new)),
        protobuf,
    }
}

fn judge<W: Serialize, R: DeserializeOwned>(
    codec: &dyn Codec,
    written: &W,
    right: fn(&R) -> bool,
) -> Verdict {
    let bytes = codec.to_vec(written).expect("every format can write it");
    match codec.from_slice::<R>(&bytes, &Limits::default()) {
        Ok(read) if right(&read) => Verdict::Ok,
        Ok(_) => Verdict::Bad,
        Err(_) => Verdict::No,
    }
}

/// The same for Protobuf's own types, both ways.
fn protobuf<T: Message + Default, N: Message + Default>(
    (today, is_today): (T, fn(&T) -> bool),
    (new, is_new): (N, fn(&N) -> bool),
) -> (Verdict, Verdict) {
    fn judge<R: Message + Default>(bytes: &[u8], right: fn(&R) -> bool) -> Verdict {
        match R::decode(bytes) {
            Ok(read) if right(&read) => Verdict::Ok,
            Ok(_) => Verdict::Bad,
            Err(_) => Verdict::No,
        }
    }
    (judge(&new.encode_to_vec(), is_today), judge(&today.encode_to_vec(), is_new))
}

fn today() -> (Today, fn(&Today) -> bool) {
    (Today { id: 7, item: "mouse".into(), quantity: 300, stock: 12 }, |read| {
        (read.id, &*read.item, read.quantity, read.stock) == (7, "mouse", 300, 12)
    })
}

fn pb_today() -> (pb::Today, fn(&pb::Today) -> bool) {
    (pb::Today { id: 7, item: "mouse".into(), quantity: 300, stock: 12 }, |read| {
        (read.id, &*read.item, read.quantity, read.stock) == (7, "mouse", 300, 12)
    })
}

fn changes() -> Vec<Change> {
    let (id, quantity, stock) = (7, 300, 12);
    let item = || "mouse".to_owned();
    let note = || Some("ring twice".to_owned());
    // In Protobuf, the place in the program says nothing: the number does, and a new field gets a new one.
    let pb_one_more = protobuf(
        pb_today(),
        (pb::OneMore { id, item: item(), quantity, stock, note: note() }, |read| {
            read.note.is_none() && (&*read.item, read.stock) == ("mouse", 12)
        }),
    );
    let pb_unchanged = protobuf(pb_today(), pb_today());
    vec![
        change(
            "a field is added at the end",
            today(),
            (AtTheEnd { id, item: item(), quantity, stock, note: note() }, |read| {
                read.note.is_none() && (&*read.item, read.stock) == ("mouse", 12)
            }),
            pb_one_more,
        ),
        change(
            "a field is added in the middle",
            today(),
            (InTheMiddle { id, note: note(), item: item(), quantity, stock }, |read| {
                read.note.is_none() && (&*read.item, read.stock) == ("mouse", 12)
            }),
            pb_one_more,
        ),
        change(
            "two fields change places",
            today(),
            (Swapped { id, item: item(), stock, quantity }, |read| (read.quantity, read.stock) == (300, 12)),
            pb_unchanged,
        ),
        change(
            "a field gets another name",
            today(),
            (Renamed { id, article: item(), quantity, stock }, |read| read.article == "mouse"),
            pb_unchanged,
        ),
        change(
            "u32 becomes u64",
            today(),
            (Wider { id, item: item(), quantity: quantity.into(), stock }, |read| read.quantity == 300),
            protobuf(
                pb_today(),
                (pb::Wider { id, item: item(), quantity: quantity.into(), stock }, |read| {
                    read.quantity == 300
                }),
            ),
        ),
        change(
            "u32 becomes i64",
            today(),
            (WithSign { id, item: item(), quantity: quantity.into(), stock }, |read| read.quantity == 300),
            protobuf(
                pb_today(),
                (pb::WithSign { id, item: item(), quantity: quantity.into(), stock }, |read| {
                    read.quantity == 300
                }),
            ),
        ),
        change(
            "a number becomes a text",
            today(),
            (AsText { id, item: item(), quantity: "300".into(), stock }, |read| read.quantity == "300"),
            protobuf(
                pb_today(),
                (pb::AsText { id, item: item(), quantity: "300".into(), stock }, |read| {
                    read.quantity == "300"
                }),
            ),
        ),
        // A reader of today cannot know blue, so every answer but an error is a wrong one.
        change(
            "an enum gets one variant more",
            (Colour::Green, |_: &Colour| false),
            (MoreColours::Blue, |read: &MoreColours| *read == MoreColours::Green),
            protobuf(
                (pb::Colour { colour: 1 }, |read: &pb::Colour| pb::Colours::try_from(read.colour).is_err()),
                (pb::Colour { colour: 2 }, |read: &pb::Colour| read.colour == 1),
            ),
        ),
    ]
}

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let table = CodecTable::default();
    let codecs: Vec<&dyn Codec> = ["json", "hessian2", "tagged", "bincode", "postcard"]
        .map(|name| &**table.by_name(name).expect("it is there"))
        .into();
    writeln!(out, "  Each cell: a new writer and a reader of today / a writer of today and a new reader\n")?;
    let names = codecs.iter().map(|codec| codec.name()).chain(["protobuf"]);
    writeln!(out, "{}", row("", names))?;
    let mut facts = serde_json::Map::new();
    for change in changes() {
        let verdicts: Vec<(&str, Verdict, Verdict)> = codecs
            .iter()
            .map(|&codec| (codec.name(), (change.new_writer)(codec), (change.new_reader)(codec)))
            .chain([("protobuf", change.protobuf.0, change.protobuf.1)])
            .collect();
        let cells = verdicts.iter().map(|&(_, writer, reader)| format!("{}/{}", word(writer), word(reader)));
        writeln!(out, "{}", row(change.name, cells))?;
        let cells = verdicts.iter().map(|&(name, writer, reader)| (name.to_owned(), json!([writer, reader])));
        facts.insert(change.name.into(), Value::Object(cells.collect()));
    }
    writeln!(
        out,
        "\n  ok: understood. no: refused with an error. BAD: the reader said yes, to another value."
    )?;
    Ok(facts.into())
}

fn row<T: std::fmt::Display>(name: &str, cells: impl Iterator<Item = T>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:<9}")).collect();
    format!("  {name:<31}{}", cells.trim_end())
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::No => "no",
        Verdict::Bad => "BAD",
    }
}
