//! For each method a struct that holds its arguments: what a stub writes and a skeleton reads.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::{Argument, Method, Service};

/// All requests, and the proof that everything in the trait travels.
pub fn render(service: &Service) -> TokenStream {
    let requests = service.methods.iter().map(|method| request(service, method));
    let proof = proof(service);
    quote! { #(#requests)* #proof }
}

/// One field for each argument, in their order: chapter 3's own format numbers fields by it. Both ends use the
/// same struct: the stub fills a `Cow` with what it was lent, and the skeleton gets one that owns.
///
/// It derives nothing but serde's traits, so an argument need not be `Debug` or `Clone` to travel.
fn request(service: &Service, method: &Method) -> TokenStream {
    let Service { visibility, interface, name: of, .. } = service;
    let Method { request, wire_name, .. } = method;
    let cfgs = service.cfgs.iter().chain(&method.cfgs);
    let docs = format!(" The arguments of [`{of}::{wire_name}`].");
    let record = format!("{interface}.{wire_name}");
    let lifetime = method.borrows().then(|| quote! { <'a> });
    let fields = method.arguments.iter().map(|Argument { name, written, borrowed }| match borrowed {
        Some(owned) => {
            let place = place(owned.span());
            quote_spanned! {place=> #name: ::std::borrow::Cow<'a, #owned> }
        }
        None => quote! { #name: #written },
    });
    let place = place(method.signature.ident.span());
    let derive = quote_spanned! {place=>
        #[derive(::ch04_proxy::__private::serde::Serialize, ::ch04_proxy::__private::serde::Deserialize)]
    };
    quote! {
        #(#cfgs)*
        #[doc = #docs]
        #[allow(non_snake_case)]
        #derive
        #[serde(crate = "::ch04_proxy::__private::serde", rename = #record, deny_unknown_fields)]
        #visibility struct #request #lifetime { #(#fields,)* }
    }
}

/// Code that is shown at the reader's `words` when rustc or serde find fault with it, and not at `#[service]`.
pub fn place(words: Span) -> Span {
    Span::call_site().located_at(words)
}

/// Asks rustc whether every type travels, under the reader's own words: what does not is underlined there.
fn proof(service: &Service) -> TokenStream {
    let cfgs = &service.cfgs;
    let travels = |owned: TokenStream| quote! { ::ch04_proxy::__private::travels::<#owned>(); };
    let error = &service.error;
    let error = travels(quote! { #error });
    let methods = service.methods.iter().map(|method| {
        let cfgs = &method.cfgs;
        let arguments = method.arguments.iter().map(|argument| match &argument.borrowed {
            Some(owned) => {
                let place = place(owned.span());
                travels(quote_spanned! {place=> <#owned as ::std::borrow::ToOwned>::Owned })
            }
            None => {
                let written = &argument.written;
                travels(quote! { #written })
            }
        });
        let answer = &method.answer;
        let answer = travels(quote! { #answer });
        quote! { #(#cfgs)* { #(#arguments)* #answer } }
    });
    quote! {
        #(#cfgs)*
        const _: () = { #error #(#methods)* };
    }
}
