//! The layers of the workshop, as the book names them.

/// One layer. Layer 0 is the front matter; 1 to 10 are the chapters.
pub struct Layer {
    /// The chapter's number; 0 for the front matter.
    pub number: u8,
    /// What the layer is about.
    pub title: &'static str,
    /// The pain it takes away.
    pub pain: &'static str,
}

/// Every layer, in order.
pub const LAYERS: [Layer; 11] = [
    Layer { number: 0, title: "What RPC is", pain: "the words are used before they are explained" },
    Layer { number: 1, title: "Raw TCP", pain: "two programs cannot call each other" },
    Layer {
        number: 2,
        title: "A protocol of our own",
        pain: "nobody knows where a message ends or what it is",
    },
    Layer { number: 3, title: "Serialization and compression", pain: "a body is only bytes" },
    Layer { number: 4, title: "Proxies and dynamic dispatch", pain: "callers write bytes and ids by hand" },
    Layer { number: 5, title: "Registry and discovery", pain: "addresses are hard-wired" },
    Layer { number: 6, title: "Routing and load balancing", pain: "one name, many servers: which one?" },
    Layer { number: 7, title: "The timer wheel", pain: "every pending call needs a time-out" },
    Layer { number: 8, title: "Async futures", pain: "a thread waits for every call" },
    Layer { number: 9, title: "Zero copy", pain: "big replies are copied four times" },
    Layer { number: 10, title: "Production", pain: "it works until something fails" },
];

/// The name of the folder of a chapter's pages below `book/text/`: `front` or `ch01`.
pub fn folder(number: u8) -> String {
    if number == 0 { "front".into() } else { format!("ch{number:02}") }
}

/// How the text speaks of a layer: "the front matter" or "chapter 3".
pub fn spoken(number: u8) -> String {
    if number == 0 { "the front matter".into() } else { format!("chapter {number}") }
}
