//! Shows what `#[service]` makes of a trait: a small `cargo expand`, for people and for the book.
//!
//! ```text
//! cargo run -q -p ch04-proxy-macros --example expand -- chapters/ch04-proxy/src/orders.rs OrderService
//! ```
//!
//! A macro's crate gives its functions to rustc alone, so this program includes the same files.
#![forbid(unsafe_code)]

#[path = "../src/expand.rs"]
mod expand;
#[path = "../src/model.rs"]
mod model;
#[path = "../src/options.rs"]
mod options;
#[path = "../src/refused.rs"]
mod refused;
#[path = "../src/render_requests.rs"]
mod render_requests;
#[path = "../src/render_skeleton.rs"]
mod render_skeleton;
#[path = "../src/render_stub.rs"]
mod render_stub;
#[path = "../src/types.rs"]
mod types;

use std::io::Write;
use std::process::ExitCode;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Attribute, File, ItemTrait, Meta};

const HELP: &str = "\
Shows what #[service] makes of a trait.

Usage: expand FILE TRAIT

  FILE   a Rust source file
  TRAIT  the name of a trait in it, under #[service] or #[service(…)]

Example: cargo run -q -p ch04-proxy-macros --example expand -- chapters/ch04-proxy/src/orders.rs OrderService

Exit codes: 0 shown · 1 the file cannot be read, has no such trait, or #[service] refuses it · 2 bad arguments";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into()).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, words) = match arguments[..] {
        ["--help" | "-h"] => (0, HELP.to_owned()),
        [option, ..] if option.starts_with('-') => (2, format!("unknown option {option}; see --help")),
        [file, name] => match expanded(file, name) {
            Ok(code) => (0, code),
            Err(words) => (1, words),
        },
        _ => (2, format!("FILE and TRAIT are needed, {} arguments came; see --help", arguments.len())),
    };
    if code == 0 {
        // Whoever reads only the first lines, as `head` does, closes the pipe: that is no error.
        let _ = writeln!(std::io::stdout(), "{}", words.trim_end());
    } else {
        eprintln!("expand: {words}");
    }
    code.into()
}

/// The code, formatted; or one line that says what is wrong.
fn expanded(file: &str, name: &str) -> Result<String, String> {
    let source = std::fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    let said = |error: syn::Error| format!("{file}: {error}");
    let parsed = syn::parse_file(&source).map_err(said)?;
    let mut search = Search { name, found: None };
    search.visit_file(&parsed);
    let (service, mut definition) =
        search.found.ok_or_else(|| format!("no trait {name} under #[service] in {file}"))?;
    let options = match &service.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    // What rustc would say is said here, in one line.
    definition.attrs.retain(|attribute| !is_service(attribute));
    expand::read(options.clone(), &definition).map_err(said)?;
    let code: File = syn::parse2(expand::service(options, definition.into_token_stream())).map_err(said)?;
    Ok(prettyplease::unparse(&code))
}

fn is_service(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "service")
}

/// The first trait of a name under `#[service]`, in whatever module or function.
struct Search<'n> {
    name: &'n str,
    found: Option<(Attribute, ItemTrait)>,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_item_trait(&mut self, definition: &'ast ItemTrait) {
        if self.found.is_none() && definition.ident == self.name {
            let service = definition.attrs.iter().find(|attribute| is_service(attribute));
            self.found = service.map(|service| (service.clone(), definition.clone()));
        }
    }
}
