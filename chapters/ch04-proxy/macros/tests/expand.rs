//! The example that shows what `#[service]` writes: what it prints, and how it ends when it cannot.

use std::env;
use std::process::{Command, Output};

/// Runs it as a reader would. `cargo test` has built it already.
fn expand(arguments: &[&str]) -> Output {
    Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["run", "--quiet", "--offline", "--example", "expand"])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), "--"])
        .args(arguments)
        .output()
        .unwrap()
}

fn file(path: &str) -> String {
    format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn it_prints_the_trait_and_all_that_is_written_for_it() {
    let output = expand(&[&file("src/orders.rs"), "OrderService"]);
    let code = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for part in [
        "pub trait OrderService {",
        "pub struct OrderServicePlaceOrder<'a> {",
        "pub struct OrderServiceStub(",
        "impl OrderService for OrderServiceStub {",
        "pub fn order_service_skeleton<__S>(",
    ] {
        assert_eq!(code.matches(part).count(), 1, "{part} in:\n{code}");
    }
    assert!(!code.contains("#[service("), "the attribute has done its work");
}

#[test]
fn what_it_cannot_show_is_one_line_and_a_code() {
    let (orders, refused) = (file("src/orders.rs"), file("tests/misuse/async_method.rs"));
    for (arguments, code, words) in [
        (&[][..], 2, "FILE and TRAIT are needed, 0 arguments came"),
        (&["a"], 2, "1 arguments came"),
        (&["--colour", "a"], 2, "unknown option --colour"),
        (&["no-such-file.rs", "OrderService"], 1, "cannot read no-such-file.rs"),
        (&[&orders, "Shop"], 1, "no trait Shop under #[service]"),
        (&[&refused, "Greeter"], 1, "chapter 8"),
    ] {
        let output = expand(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words) && said.lines().count() == 1, "{arguments:?}: {said}");
        assert!(output.stdout.is_empty());
    }
    let help = expand(&["--help"]);
    assert!(
        help.status.success() && String::from_utf8(help.stdout).unwrap().contains("Usage: expand FILE TRAIT")
    );
}
