//! Providers, addresses with their parts marked, and your functions, called so that no panic goes unexplained.

use std::any::Any;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ch04_proxy::ServiceKey;
use ch05_registry::url::ProviderUrl;
use ch05_registry::{Endpoint, RegistryError};
use provider_url::{decode, encode, from_node, parse, to_node, to_url};
use spec_kit::{Failure, hex_dump};

pub const PAGE: &str = "chapter 5, \"A provider as the name of a node\"";
/// As much of a long text as a reader looks at.
const SHOWN: usize = 300;

/// A provider of `key`, at `127.0.0.1:7050`, with the registration `9f`.
pub fn provider(key: &str, labels: &[(&str, &str)]) -> ProviderUrl {
    let address: SocketAddr = ([127, 0, 0, 1], 7050).into();
    let endpoint = labels.iter().fold(Endpoint::new(address), |endpoint, (name, value)| {
        endpoint.with(name, value).expect("the spec's labels are good")
    });
    let service = ServiceKey::parse(key).expect("the spec's keys are good");
    ProviderUrl { protocol: "yrpc".into(), service, endpoint, registration: Some("9f".into()) }
}

#[track_caller]
pub fn check_encoded(text: &str, expected: &str, because: &str) {
    let got = told("encode", text, || encode(text));
    if got != expected {
        Failure::new("A text was encoded wrongly.")
            .show(format_args!("the text, {}, in UTF-8", quoted(text)), hex_dump(text.as_bytes(), &[]))
            .show("expected, got, and where they part", parting(expected, &got))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

#[track_caller]
pub fn check_decoded(text: &str, expected: Result<&str, &str>, because: &str) {
    let got = told("decode", text, || decode(text));
    if got.as_deref() != expected.as_ref().map(|text| &**text) {
        let shown = match (&got, expected) {
            (Ok(got), Ok(expected)) => parting(expected, got),
            _ => marked_percents(text),
        };
        Failure::new(match (&got, expected) {
            (Ok(_), Ok(_)) => "A text was decoded wrongly.",
            (Ok(_), Err(_)) => "A text that nobody can have written was decoded.",
            (Err(_), Ok(_)) => "A good text was refused.",
            (Err(_), Err(_)) => "A broken text was refused, for another reason.",
        })
        .show(
            if got.is_ok() && expected.is_ok() { "expected, got, and where they part" } else { "the text" },
            shown,
        )
        .expected(format_args!("decode({}) → {}", quoted(text), result(&expected.map(str::to_owned))))
        .got(format_args!("decode({}) → {}", quoted(text), result(&got)))
        .because(because)
        .page(PAGE)
        .raise();
    }
}

/// The address of `url` is `expected`.
#[track_caller]
pub fn check_written(url: &ProviderUrl, expected: &str, because: &str) {
    let got = told("to_url", &in_words(url), || to_url(url));
    if got != expected {
        Failure::new("A provider was written as another address.")
            .show("the provider", in_words(url))
            .show("expected, got, and where they part", parting(expected, &got))
            .show("the parts of what you wrote", marked(&got))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

/// The node of `url` is `expected`.
#[track_caller]
pub fn check_node(url: &ProviderUrl, expected: &str, because: &str) {
    let got = told("to_node", &in_words(url), || to_node(url));
    if got != expected {
        Failure::new("A provider got another node.")
            .show("the provider", in_words(url))
            .show("expected, got, and where they part", parting(expected, &got))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

/// The address `text` says `expected`.
#[track_caller]
pub fn check_parsed(text: &str, expected: &ProviderUrl, because: &str) {
    let got = told("parse", text, || parse(text));
    compare("parse", text, &marked(text), &got, expected, because);
}

/// The node `name` says `expected`.
#[track_caller]
pub fn check_read(name: &str, expected: &ProviderUrl, because: &str) {
    let got = told("from_node", name, || from_node(name));
    compare("from_node", name, &cut(name), &got, expected, because);
}

#[track_caller]
fn compare(
    what: &str,
    text: &str,
    shown: &str,
    got: &Result<ProviderUrl, RegistryError>,
    expected: &ProviderUrl,
    because: &str,
) {
    if got.as_ref() == Ok(expected) {
        return;
    }
    let (wanted, said) =
        (in_words(expected), got.as_ref().map_or_else(|error| format!("Err: {error}"), in_words));
    let only = |these: &str, those: &str, nothing: &str| -> String {
        let lines: Vec<&str> =
            these.lines().filter(|line| !those.lines().any(|other| other == *line)).collect();
        if lines.is_empty() { nothing.to_owned() } else { lines.join("\n            ") }
    };
    Failure::new("An address was read, and what is known of the provider is not what it says.")
        .show(format_args!("{what}, {} bytes", text.len()), shown)
        .expected(only(&wanted, &said, "no more than that"))
        .got(only(&said, &wanted, "nothing of that"))
        .because(because)
        .page(PAGE)
        .raise()
}

/// The address or node `text` is refused.
#[track_caller]
pub fn check_refused(what: &str, text: &str, because: &str) {
    let got = told(what, text, || if what == "parse" { parse(text) } else { from_node(text) });
    if !matches!(got, Err(RegistryError::Malformed { .. })) {
        Failure::new("What is no provider's address was read as one.")
            .show(format_args!("{what}, {} bytes", text.len()), marked(text))
            .expected("Err(RegistryError::Malformed { .. })")
            .got(got.map_or_else(|error| format!("{error:?}"), |url| in_words(&url).replace('\n', ", ")))
            .because(because)
            .page(PAGE)
            .raise();
    }
}

/// Runs one of your functions; a panic is a failure of the test.
#[track_caller]
pub fn told<T>(what: &str, given: &str, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = words(&*panic);
        if text.starts_with("not yet implemented") {
            resume_unwind(panic); // a hole that is still open
        }
        Failure::new(format_args!("`{what}` panicked."))
            .show("it was given", cut(given))
            .expected("a value, or an error")
            .got(format_args!("a panic: {}", text.trim()))
            .because(
                "Whoever may write into the registry can write any name there. One that is broken is an error, and all \
                 other providers are still listed; a panic takes the list from every caller.",
            )
            .page(PAGE)
            .raise()
    })
}

/// A provider, one line for each thing that is known.
pub fn in_words(url: &ProviderUrl) -> String {
    let mut text = format!("protocol {}\naddress {}\n", url.protocol, url.endpoint.address());
    for (name, value) in [
        ("interface", Some(url.service.interface())),
        ("group", url.service.group()),
        ("version", url.service.version()),
        ("registration", url.registration.as_deref()),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "{name} {}", quoted(value));
        }
    }
    for (name, value) in url.endpoint.labels() {
        let _ = writeln!(text, "label {} = {}", quoted(name), quoted(value));
    }
    text.trim_end().to_owned()
}

/// An address, one line for each of its parts.
fn marked(url: &str) -> String {
    let (before, parameters) = url.split_once('?').unwrap_or((url, ""));
    let (protocol, rest) = before.split_once("://").unwrap_or(("", before));
    let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut text = format!("{}\n", cut(url));
    for (name, part) in [("protocol", protocol), ("address", address), ("path", path)] {
        let _ = writeln!(text, "  {name:<10} {}", quoted(part));
    }
    let pairs: Vec<&str> = parameters.split('&').collect();
    for pair in pairs.iter().take(12) {
        let _ = writeln!(text, "  {:<10} {}", "parameter", quoted(pair));
    }
    if pairs.len() > 12 {
        let _ = writeln!(text, "  … and {} more", pairs.len() - 12);
    }
    text
}

/// A text, and under it each percent sign with what should be its digits.
fn marked_percents(text: &str) -> String {
    let mut marks = String::new();
    let mut left = 0_u32;
    for char in text.chars() {
        left = if char == '%' { 3 } else { left };
        marks.push(if left > 0 { '^' } else { ' ' });
        left = left.saturating_sub(1);
    }
    format!("{}\n{}", text.escape_debug(), marks.trim_end())
}

/// Two texts, and a mark where they begin to differ.
fn parting(expected: &str, got: &str) -> String {
    let [expected, got] = [expected, got].map(|text| text.escape_debug().to_string());
    let same = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    // So much before the place that it can be recognised.
    let from = same.saturating_sub(40);
    let piece = |text: &str| -> String {
        let begin = if from > 0 { "…" } else { "" };
        let end = if text.chars().count() > from + 100 { "…" } else { "" };
        format!("{begin}{}{end}", text.chars().skip(from).take(100).collect::<String>())
    };
    let column = same - from + usize::from(from > 0);
    format!("expected  {}\ngot       {}\n          {}^", piece(&expected), piece(&got), " ".repeat(column))
}

fn result(result: &Result<String, impl std::fmt::Display>) -> String {
    match result {
        Ok(text) => quoted(text),
        Err(why) => format!("Err: {why}"),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(&text.escape_debug().to_string()))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} bytes in all)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("(no message)").to_owned()
}
