//! What the trait says, in the words of a service; and everything about a trait that cannot be called from
//! another machine, refused at its place.

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, Generics, Ident, ItemTrait, Pat, PatType, PathArguments,
    Receiver, ReturnType, Signature, TraitItem, TraitItemFn, TraitItemType, Type, Visibility, parse_quote,
};

use crate::options::{MAX_PART, Options, check_part};
use crate::types::{self, Place};

/// A service.
pub struct Service {
    /// `#[cfg(…)]` of the trait: everything that is written for it is there when it is.
    pub cfgs: Vec<Attribute>,
    /// Everything is as visible as the trait.
    pub visibility: Visibility,
    /// The trait's name.
    pub name: Ident,
    /// How it is called on the wire.
    pub interface: String,
    /// `group/interface:version`.
    pub key: String,
    /// The service's own error.
    pub error: Type,
    /// In the order of the trait.
    pub methods: Vec<Method>,
}

/// A method.
pub struct Method {
    /// `#[cfg(…)]` of the method: all its parts are there, or none.
    pub cfgs: Vec<Attribute>,
    /// As it stands in the trait.
    pub signature: Signature,
    /// How it is called on the wire.
    pub wire_name: String,
    /// The struct that holds its arguments.
    pub request: Ident,
    /// In the order of the method.
    pub arguments: Vec<Argument>,
    /// What it gives when all is well.
    pub answer: Type,
}

/// An argument.
pub struct Argument {
    /// Its name, and its field's.
    pub name: Ident,
    /// Its type as it was written.
    pub written: Type,
    /// For `&T`: `T`. The caller lends it, and the server owns what arrives.
    pub borrowed: Option<Type>,
}

impl Method {
    /// Whether the caller lends an argument.
    pub fn borrows(&self) -> bool {
        self.arguments.iter().any(|argument| argument.borrowed.is_some())
    }
}

impl Service {
    /// Reads the whole trait, so that all its errors are shown at once.
    ///
    /// # Errors
    /// Whatever was refused, each at its place.
    pub fn read(options: &Options, definition: &ItemTrait) -> syn::Result<Self> {
        let mut refused = Refused::default();
        refused.shape_of_trait(definition);
        let interface = options.name.clone().unwrap_or_else(|| definition.ident.unraw().to_string());
        if options.name.is_none() {
            refused.keep(check_part(&interface, definition.ident.span()));
        }
        let mut methods: Vec<Method> = Vec::new();
        let mut error = None;
        for item in &definition.items {
            match item {
                TraitItem::Fn(method) => {
                    if let Some(method) = refused.method(&definition.ident, method) {
                        refused.second(&definition.ident, &methods, &method);
                        methods.push(method);
                    }
                }
                TraitItem::Type(item) if item.ident == "Error" => error = Some(refused.error_type(item)),
                other => refused.add(
                    other.span(),
                    "a service has methods and `type Error`, nothing else: only calls go over a network",
                ),
            }
        }
        if error.is_none() {
            refused.add(
                definition.ident.span(),
                "the trait needs `type Error;`: a remote call can fail in ways that a local one cannot",
            );
        }
        refused.finish()?;
        let group = options.group.iter().map(|group| format!("{group}/"));
        let version = options.version.iter().map(|version| format!(":{version}"));
        Ok(Self {
            cfgs: cfgs(&definition.attrs),
            visibility: definition.vis.clone(),
            name: definition.ident.clone(),
            key: group.chain([interface.clone()]).chain(version).collect(),
            interface,
            error: options.error.clone().unwrap_or_else(|| parse_quote!(::ch04_proxy::NoError)),
            methods,
        })
    }
}

/// What was refused so far.
#[derive(Default)]
struct Refused(Option<syn::Error>);

impl Refused {
    fn add(&mut self, place: Span, words: impl std::fmt::Display) {
        self.keep::<()>(Err(syn::Error::new(place, words)));
    }

    fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
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

    fn finish(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }

    fn shape_of_trait(&mut self, definition: &ItemTrait) {
        if let Some(word) = &definition.unsafety {
            self.add(
                word.span,
                "a service is not `unsafe`: a caller on another machine cannot promise anything",
            );
        }
        if let Some(word) = &definition.auto_token {
            self.add(word.span, "a service is not `auto`: its methods are written by somebody");
        }
        self.generics(&definition.generics, "service");
    }

    fn generics(&mut self, generics: &Generics, of: &str) {
        for parameter in &generics.params {
            let words = match parameter {
                GenericParam::Lifetime(_) => format!(
                    "a {of} takes no lifetimes: what arrives on another machine is owned there, write `&str`"
                ),
                _ => format!("a {of} takes no type parameters: the other end has to know what it will read"),
            };
            self.add(parameter.span(), words);
        }
        if let Some(clause) = &generics.where_clause {
            let words =
                format!("a {of} has no `where` clause: the other end knows its types, and cannot check more");
            self.add(clause.span(), words);
        }
    }

    fn error_type(&mut self, item: &TraitItemType) {
        self.generics(&item.generics, "service's error type");
        if let Some((_, default)) = &item.default {
            self.add(default.span(), "a stub's error is another one than the service's: write `type Error;`");
        }
    }

    /// Two methods whose requests would have one name.
    fn second(&mut self, service: &Ident, methods: &[Method], method: &Method) {
        let name = &method.signature.ident;
        let first = methods.iter().find(|first| first.request == method.request);
        if method.request == format_ident!("{service}Stub") {
            self.add(
                name.span(),
                format!("`{name}` would have a request called `{}`, as the stub", method.request),
            );
        }
        // With `#[cfg]` there may be only one of them; if not, rustc says so.
        let Some(first) = first.filter(|first| first.cfgs.is_empty() && method.cfgs.is_empty()) else {
            return;
        };
        let words = if first.wire_name == method.wire_name {
            format!("`{name}` is there already: on the wire a method is its name, and cannot be overloaded")
        } else {
            let (first, request) = (&first.signature.ident, &method.request);
            format!("`{name}` and `{first}` would both have a request called `{request}`: rename one")
        };
        self.add(name.span(), words);
    }

    /// Everything that is wrong with a method; without an answer's type nothing can be made of it.
    fn method(&mut self, service: &Ident, method: &TraitItemFn) -> Option<Method> {
        let signature = &method.sig;
        let wire_name = signature.ident.unraw().to_string();
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !wire_name.chars().all(allowed) || wire_name.len() > MAX_PART {
            let words = format!(
                "a method's name travels: it has ASCII letters, digits and `_`, at most {MAX_PART} of them"
            );
            self.add(signature.ident.span(), words);
        }
        self.shape_of_method(method);
        let arguments = self.arguments(signature);
        let answer = self.keep(answer(&signature.output, signature.ident.span()));
        Some(Method {
            cfgs: cfgs(&method.attrs),
            signature: signature.clone(),
            request: format_ident!("{service}{}", camel_case(&wire_name), span = signature.ident.span()),
            wire_name,
            arguments,
            answer: answer?,
        })
    }

    fn shape_of_method(&mut self, method: &TraitItemFn) {
        let signature = &method.sig;
        let mut word = |place: Option<Span>, words: &str| {
            if let Some(place) = place {
                self.add(place, words);
            }
        };
        word(
            signature.asyncness.map(|word| word.span),
            "a stub of this chapter blocks its caller, so its methods are not `async`: chapter 8 has others",
        );
        word(
            signature.constness.map(|word| word.span),
            "a call over a network cannot be made while the program is compiled: leave `const` out",
        );
        word(
            signature.unsafety.map(|word| word.span),
            "a caller on another machine cannot promise anything: leave `unsafe` out",
        );
        word(
            signature.abi.as_ref().map(Spanned::span),
            "a call over a network goes by the frame, not by an ABI: leave `extern` out",
        );
        word(
            method.default.as_ref().map(|body| body.brace_token.span.open()),
            "the body belongs into an `impl`: a stub sends every call, so a body in the trait would never run there",
        );
        self.generics(&signature.generics, "method");
    }

    fn arguments(&mut self, signature: &Signature) -> Vec<Argument> {
        let mut arguments = Vec::new();
        let receiver = signature.receiver();
        if receiver.is_none() {
            self.add(
                signature.ident.span(),
                "the method needs `&self`: a stub finds its connection in there, and a server its state",
            );
        }
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => self.receiver(receiver),
                FnArg::Typed(typed) => arguments.extend(self.argument(typed)),
            }
        }
        arguments
    }

    fn receiver(&mut self, receiver: &Receiver) {
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
        self.add(receiver.span(), words);
    }

    fn argument(&mut self, typed: &PatType) -> Option<Argument> {
        if let Some(attribute) = typed.attrs.first() {
            self.add(attribute.span(), "an argument has no attributes: it has to be the same on both ends");
        }
        let name = match &*typed.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.mutability.is_none() => {
                Some(name.ident.clone())
            }
            Pat::Wild(name) => {
                self.add(
                    name.span(),
                    "an argument needs a name: it is a field of the request, and fields have names",
                );
                None
            }
            other => {
                let words = "an argument is a plain name, not a pattern: it is a field of the request";
                self.add(other.span(), words);
                None
            }
        };
        let borrowed = match &*typed.ty {
            Type::Reference(reference) if reference.mutability.is_some() => {
                let words =
                    "what the server changes does not come back: take it by `&` and return the new value";
                self.add(reference.span(), words);
                return None;
            }
            Type::Reference(reference) => match &reference.lifetime {
                Some(lifetime) => {
                    let words = "a loan lasts as long as the call, and is none on the other end: leave the lifetime out";
                    self.add(lifetime.span(), words);
                    return None;
                }
                None => Some((*reference.elem).clone()),
            },
            _ => None,
        };
        let travels = types::flaw(borrowed.as_ref().unwrap_or(&typed.ty), Place::Argument);
        self.keep(travels.map_or(Ok(()), Err));
        Some(Argument { name: name?, written: (*typed.ty).clone(), borrowed })
    }
}

/// The `T` of `Result<T, Self::Error>`.
fn answer(output: &ReturnType, name: Span) -> syn::Result<Type> {
    let words = "the method returns a `Result<…, Self::Error>`: a remote call can always fail";
    let ReturnType::Type(_, returned) = output else { return Err(syn::Error::new(name, words)) };
    let wrong = || syn::Error::new(returned.span(), words);
    if let Type::Reference(_) = &**returned {
        return Err(types::flaw(returned, Place::Answer).unwrap_or_else(wrong));
    }
    let Type::Path(path) = &**returned else { return Err(wrong()) };
    let result = path.path.segments.last().filter(|last| last.ident == "Result").ok_or_else(wrong)?;
    let PathArguments::AngleBracketed(inside) = &result.arguments else { return Err(wrong()) };
    let mut inside = inside.args.iter();
    let (Some(GenericArgument::Type(answer)), Some(GenericArgument::Type(error)), None) =
        (inside.next(), inside.next(), inside.next())
    else {
        return Err(wrong());
    };
    if types::text(error) != "Self::Error" {
        return Err(syn::Error::new(error.span(), words));
    }
    match types::flaw(answer, Place::Answer) {
        Some(flaw) => Err(flaw),
        None => Ok(answer.clone()),
    }
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// `get_order` to `GetOrder`.
fn camel_case(name: &str) -> String {
    let words = name.split('_').filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_uppercase() + rest).collect()
}
