//! The whole way: what stands in the brackets and behind them becomes the trait and what belongs to it.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, FnArg, Item, ItemTrait, Pat, TraitItem, Visibility, parse_quote};

use crate::model::Service;
use crate::options::Options;
use crate::{render_requests, render_skeleton, render_stub};

/// What `#[service(options)]` makes of `definition`; whatever is refused becomes `compile_error!`, at its place.
pub fn service(options: TokenStream, definition: TokenStream) -> TokenStream {
    let definition = match read_trait(definition.clone()) {
        Ok(definition) => definition,
        Err(error) => return [definition, error.into_compile_error()].into_iter().collect(),
    };
    match read(options, &definition) {
        Ok(service) => {
            let requests = render_requests::render(&service);
            let stub = render_stub::render(&service);
            let skeleton = render_skeleton::render(&service);
            quote! { #definition #requests #stub #skeleton }
        }
        Err(error) => [without_second_errors(definition).into_token_stream(), error.into_compile_error()]
            .into_iter()
            .collect(),
    }
}

/// Brackets and trait are both read to their end, so that all errors are shown at once.
///
/// # Errors
/// Whatever was refused, each at its place.
pub fn read(options: TokenStream, definition: &ItemTrait) -> syn::Result<Service> {
    match syn::parse2::<Options>(options) {
        Ok(options) => Service::read(&options, definition),
        Err(mut error) => {
            if let Err(more) = Service::read(&Options::default(), definition) {
                error.combine(more);
            }
            Err(error)
        }
    }
}

/// The trait.
///
/// # Errors
/// At `struct`, `impl` or whatever stands where `trait` should.
pub fn read_trait(tokens: TokenStream) -> syn::Result<ItemTrait> {
    if let Item::Trait(definition) = syn::parse2(tokens.clone())? {
        return Ok(definition);
    }
    let keyword = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let words =
            "`#[service]` goes in front of a trait: its methods say what can be called on another machine";
        Err(input.error(words))
    };
    keyword.parse2(tokens)
}

/// The trait of which something was refused, as it goes to rustc all the same, so that the rest of the program
/// finds it. What rustc would refuse a second time is mended or left out.
fn without_second_errors(mut definition: ItemTrait) -> ItemTrait {
    let mut names = HashSet::new();
    let mut has_error = false;
    definition.items.retain_mut(|item| match item {
        TraitItem::Fn(method) => {
            method.sig.constness = None;
            let plain = method.sig.inputs.iter().all(|argument| match argument {
                FnArg::Receiver(_) => true,
                FnArg::Typed(typed) => matches!(&*typed.pat, Pat::Ident(name) if name.mutability.is_none()),
            });
            plain && names.insert(method.sig.ident.clone())
        }
        TraitItem::Type(item) => {
            has_error |= item.ident == "Error";
            true
        }
        _ => true,
    });
    if !has_error {
        definition.items.push(parse_quote! { type Error; });
    }
    definition
}
