//! What the trait says, in the words of a service.

use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::{
    Attribute, FnArg, GenericArgument, Ident, ItemTrait, Pat, PatType, PathArguments, ReturnType, Signature,
    TraitItem, TraitItemFn, Type, Visibility, parse_quote,
};

use crate::options::{Options, check_part};
use crate::refused::Refused;
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
    /// The same, for people.
    pub error_text: String,
    /// In the order of the trait.
    pub methods: Vec<Method>,
}

// ANCHOR: model
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
// ANCHOR_END: model

impl Service {
    /// Reads the whole trait, so that all its errors are shown at once.
    ///
    /// # Errors
    /// Whatever was refused, each at its place.
    pub fn read(options: &Options, definition: &ItemTrait) -> syn::Result<Self> {
        let mut refused = Refused::default();
        refused.shape_of_trait(definition);
        let name = &definition.ident;
        let interface = options.name.clone().unwrap_or_else(|| name.unraw().to_string());
        if options.name.is_none() {
            refused.keep(check_part(&interface, name.span()));
        }
        let mut methods = Vec::new();
        for item in &definition.items {
            if let TraitItem::Fn(item) = item
                && let Some(method) = Method::read(name, item, &mut refused)
            {
                refused.second(name, &methods, &method);
                methods.push(method);
            }
        }
        refused.finish()?;
        let group = options.group.iter().map(|group| format!("{group}/"));
        let version = options.version.iter().map(|version| format!(":{version}"));
        Ok(Self {
            cfgs: cfgs(&definition.attrs),
            visibility: definition.vis.clone(),
            name: name.clone(),
            key: group.chain([interface.clone()]).chain(version).collect(),
            interface,
            error_text: options.error.as_ref().map_or_else(|| "NoError".into(), types::text),
            error: options.error.clone().unwrap_or_else(|| parse_quote!(::ch04_proxy::NoError)),
            methods,
        })
    }
}

impl Method {
    /// Nothing can be made of a method without an answer; everything else that is wrong is in `refused`.
    fn read(service: &Ident, item: &TraitItemFn, refused: &mut Refused) -> Option<Self> {
        let signature = item.sig.clone();
        let wire_name = signature.ident.unraw().to_string();
        refused.shape_of_method(item, &wire_name);
        let mut arguments = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => refused.receiver(receiver),
                FnArg::Typed(typed) => arguments.extend(Argument::read(typed, refused)),
            }
        }
        let answer = refused.keep(answer(&signature))?;
        let request = format_ident!("{service}{}", camel_case(&wire_name), span = signature.ident.span());
        Some(Self { cfgs: cfgs(&item.attrs), signature, wire_name, request, arguments, answer })
    }

    /// Whether the caller lends an argument.
    pub fn borrows(&self) -> bool {
        self.arguments.iter().any(|argument| argument.borrowed.is_some())
    }
}

impl Argument {
    fn read(typed: &PatType, refused: &mut Refused) -> Option<Self> {
        if let Some(attribute) = typed.attrs.first() {
            refused.add(attribute, "an argument has no attributes: it has to be the same on both ends");
        }
        let name = match &*typed.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.mutability.is_none() => Ok(name.ident.clone()),
            Pat::Wild(_) => {
                Err("an argument needs a name: it is a field of the request, and fields have names")
            }
            _ => Err("an argument is a plain name, not a pattern: it is a field of the request"),
        };
        let name = name.map_err(|words| syn::Error::new_spanned(&typed.pat, words));
        let borrowed = refused.keep(lent(&typed.ty));
        Some(Self { name: refused.keep(name)?, written: (*typed.ty).clone(), borrowed: borrowed? })
    }
}

/// The `T` of `&T`; nothing for a type that is owned.
fn lent(written: &Type) -> syn::Result<Option<Type>> {
    let Type::Reference(reference) = types::bare(written) else {
        return types::check(written, Place::Argument).map(|()| None);
    };
    if reference.mutability.is_some() {
        let words = "what the server changes does not come back: take it by `&` and return the new value";
        return Err(syn::Error::new_spanned(reference, words));
    }
    if let Some(lifetime) = &reference.lifetime {
        let words = "a loan lasts as long as the call, and is none on the other end: leave the lifetime out";
        return Err(syn::Error::new_spanned(lifetime, words));
    }
    types::check(&reference.elem, Place::Argument)?;
    Ok(Some((*reference.elem).clone()))
}

/// The `T` of `Result<T, Self::Error>`.
fn answer(signature: &Signature) -> syn::Result<Type> {
    let wrong = |tokens: &dyn ToTokens| {
        let words = "the method returns a `Result<…, Self::Error>`: a remote call can always fail";
        Err(syn::Error::new_spanned(tokens.to_token_stream(), words))
    };
    let ReturnType::Type(_, returned) = &signature.output else { return wrong(&signature.ident) };
    let returned = types::bare(returned);
    if let Type::Reference(_) = returned {
        types::check(returned, Place::Answer)?;
    }
    let Type::Path(path) = returned else { return wrong(returned) };
    // `Result` or `std::result::Result`.
    let Some(result) = path.path.segments.last().filter(|last| last.ident == "Result") else {
        return wrong(returned);
    };
    let PathArguments::AngleBracketed(inside) = &result.arguments else { return wrong(returned) };
    let inside: Vec<&GenericArgument> = inside.args.iter().collect();
    let [GenericArgument::Type(answer), GenericArgument::Type(error)] = inside[..] else {
        return wrong(returned);
    };
    if types::text(types::bare(error)) != "Self::Error" {
        return wrong(error);
    }
    types::check(answer, Place::Answer).map(|()| answer.clone())
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// `get_order` to `GetOrder`.
fn camel_case(name: &str) -> String {
    let words = name.split('_').filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_uppercase() + rest).collect()
}
