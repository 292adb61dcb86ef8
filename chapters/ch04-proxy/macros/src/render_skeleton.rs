//! The skeleton: a function that makes any implementation of the trait callable by name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::model::{Argument, Method, Service};
use crate::render_requests::place;
use crate::types;

/// `order_service_skeleton`.
pub fn render(service: &Service) -> TokenStream {
    let Service { cfgs, visibility, name, error, error_text, .. } = service;
    let skeleton = format_ident!("{}_skeleton", snake_case(&name.unraw().to_string()), span = name.span());
    let stub = format_ident!("{name}Stub");
    let docs =
        format!(" Makes `service` callable by name, for a server: each method of [`{name}`] is a handler.");
    let methods = service.methods.iter().map(|method| self::method(service, method));
    quote! {
        #(#cfgs)*
        #[doc = #docs]
        #[allow(dead_code, deprecated)]
        #visibility fn #skeleton<__S>(service: ::std::sync::Arc<__S>) -> ::ch04_proxy::Skeleton
        where
            __S: #name<Error = #error> + ::std::marker::Send + ::std::marker::Sync + ?::std::marker::Sized + 'static,
        {
            let skeleton = ::ch04_proxy::Skeleton::new(#stub::key(), #error_text);
            #(#methods)*
            skeleton
        }
    }
}

/// The next method. A statement and not a link of a chain, because it may be there only `#[cfg(…)]`.
fn method(service: &Service, method: &Method) -> TokenStream {
    let Service { name: of, error, .. } = service;
    let Method { cfgs, signature, wire_name, request, answer, .. } = method;
    let name = &signature.ident;
    let returns = types::text(&method.answer);
    let descriptions = method.arguments.iter().map(|Argument { name, written, .. }| {
        let (name, text) = (name.unraw().to_string(), types::text(written));
        quote! { (#name, #text) }
    });
    let values = method.arguments.iter().map(|Argument { name, borrowed, .. }| match borrowed {
        Some(owned) => {
            let place = place(owned.span());
            quote_spanned! {place=> &request.#name }
        }
        None => quote! { request.#name },
    });
    let parameter = if method.arguments.is_empty() {
        quote! { _ }
    } else {
        quote! { request }
    };
    let lifetime = method.borrows().then(|| quote! { <'static> });
    quote! {
        #(#cfgs)*
        let skeleton = {
            let service = ::std::sync::Arc::clone(&service);
            let signature = ::ch04_proxy::Signature {
                name: #wire_name,
                arguments: &[#(#descriptions),*],
                returns: #returns,
            };
            let method = move |#parameter: #request #lifetime| <__S as #of>::#name(&service, #(#values),*);
            skeleton.method::<_, #answer, #error>(signature, method)
        };
    }
}

/// `OrderService` to `order_service`, `HTTPServer` to `http_server`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && !letters[index - 1].is_uppercase() && letters[index - 1] != '_';
        let before_small = index > 0 && letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || before_small && letters[index - 1] != '_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
