//! What a trait of Rust may be and a service may not: each at its place, in one sentence, with its reason.

use quote::{ToTokens, format_ident};
use syn::{GenericParam, Generics, Ident, ItemTrait, Receiver, TraitItem, TraitItemFn};

use crate::model::Method;
use crate::options::MAX_PART;

/// What was refused so far. Reading goes on, so that all of it is shown at once.
#[derive(Default)]
pub struct Refused(Option<syn::Error>);

impl Refused {
    /// Refuses `tokens`.
    pub fn add(&mut self, tokens: impl ToTokens, words: &str) {
        self.keep::<()>(Err(syn::Error::new_spanned(tokens, words)));
    }

    /// The value, or nothing and an error more.
    pub fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        let error = match result {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
        None
    }

    /// All errors as one.
    ///
    /// # Errors
    /// When there is any.
    pub fn finish(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }

    /// Everything about a trait but its methods.
    pub fn shape_of_trait(&mut self, definition: &ItemTrait) {
        if let Some(word) = &definition.unsafety {
            self.add(word, "a service is not `unsafe`: a caller on another machine cannot promise anything");
        }
        if let Some(word) = &definition.auto_token {
            self.add(word, "a service is not `auto`: its methods are written by somebody");
        }
        self.generics(&definition.generics, "service");
        let mut has_error = false;
        for item in &definition.items {
            match item {
                TraitItem::Fn(_) => {}
                TraitItem::Type(item) if item.ident == "Error" => {
                    has_error = true;
                    self.generics(&item.generics, "service's error type");
                    if let Some((_, default)) = &item.default {
                        self.add(
                            default,
                            "a stub's error is another one than the service's: write `type Error;`",
                        );
                    }
                }
                other => self.add(
                    other,
                    "a service has methods and `type Error`, nothing else: only calls go over a network",
                ),
            }
        }
        if !has_error {
            self.add(
                &definition.ident,
                "the trait needs `type Error;`: a remote call can fail in ways that a local one cannot",
            );
        }
    }

    fn generics(&mut self, generics: &Generics, of: &str) {
        for parameter in &generics.params {
            let words = match parameter {
                GenericParam::Lifetime(_) => format!(
                    "a {of} takes no lifetimes: what arrives on another machine is owned there, write `&str`"
                ),
                _ => format!("a {of} takes no type parameters: the other end has to know what it will read"),
            };
            self.add(parameter, &words);
        }
        if let Some(clause) = &generics.where_clause {
            let words =
                format!("a {of} has no `where` clause: the other end knows its types, and checks no more");
            self.add(clause, &words);
        }
    }

    /// Everything about a method but its arguments and its answer.
    pub fn shape_of_method(&mut self, method: &TraitItemFn, wire_name: &str) {
        let signature = &method.sig;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let only_lines = wire_name.chars().all(|c| c == '_');
        if only_lines || !wire_name.chars().all(allowed) || wire_name.len() > MAX_PART {
            let words = format!(
                "a method's name travels: it has ASCII letters, digits and `_`, at most {MAX_PART} of them, and not \
                 only `_`: its request is called by it"
            );
            self.add(&signature.ident, &words);
        }
        if let Some(word) = &signature.asyncness {
            self.add(
                word,
                "a stub of this chapter blocks its caller, so its methods are not `async`: chapter 8 has others",
            );
        }
        if let Some(word) = &signature.constness {
            self.add(
                word,
                "a call over a network cannot be made while the program is compiled: leave `const` out",
            );
        }
        if let Some(word) = &signature.unsafety {
            self.add(word, "a caller on another machine cannot promise anything: leave `unsafe` out");
        }
        if let Some(word) = &signature.abi {
            self.add(word, "a call over a network goes by the frame, not by an ABI: leave `extern` out");
        }
        self.generics(&signature.generics, "method");
        if signature.receiver().is_none() {
            self.add(
                &signature.ident,
                "the method needs `&self`: a stub has its connection in there, and a server its state",
            );
        }
        if let Some(body) = &method.default {
            let words =
                "the body belongs into an `impl`: a stub sends every call, so it would never run there";
            self.keep::<()>(Err(syn::Error::new(body.brace_token.span.open(), words)));
        }
    }

    /// Anything but `&self`.
    pub fn receiver(&mut self, receiver: &Receiver) {
        let words = match &receiver.reference {
            None if receiver.colon_token.is_none() => {
                "a method takes `&self`: the service is still needed for the next call"
            }
            Some(_) if receiver.mutability.is_some() => {
                "a method takes `&self`: many callers call at once; a service that changes has a lock inside"
            }
            Some((_, None)) => return,
            _ => "a method takes plain `&self`: nothing else is the same on both ends",
        };
        self.add(receiver, words);
    }

    /// A method whose request would have the name of another's, or of the stub.
    pub fn second(&mut self, service: &Ident, before: &[Method], method: &Method) {
        let (name, request) = (&method.signature.ident, &method.request);
        if *request == format_ident!("{service}Stub") {
            let words = format!("`{name}` would have a request called `{request}`, as the stub: rename it");
            self.add(name, &words);
        }
        let Some(first) = before.iter().find(|first| first.request == *request) else { return };
        // With `#[cfg]` there may be only one of them; if there are two, rustc says so.
        if !first.cfgs.is_empty() || !method.cfgs.is_empty() {
            return;
        }
        let words = if first.wire_name == method.wire_name {
            format!("`{name}` is there already: on the wire a method is its name, and cannot be overloaded")
        } else {
            let first = &first.signature.ident;
            format!("`{name}` and `{first}` would both have a request called `{request}`: rename one")
        };
        self.add(name, &words);
    }
}
