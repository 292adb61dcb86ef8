//! The stub: the trait once more, where every method is a call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::model::{Argument, Method, Service};
use crate::render_requests::place;

/// The struct, its constructors, and the trait's implementation.
pub fn render(service: &Service) -> TokenStream {
    let Service { cfgs, visibility, name, key, error, .. } = service;
    let stub = format_ident!("{name}Stub");
    let docs = format!(" Calls [`{name}`] wherever its invoker leads: every method is one remote call.");
    let methods = service.methods.iter().map(|method| self::method(service, method));
    quote! {
        #(#cfgs)*
        #[doc = #docs]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        #[allow(dead_code)]
        #visibility struct #stub(::ch04_proxy::Proxy);

        #(#cfgs)*
        #[allow(dead_code)]
        impl #stub {
            /// Calls through `invoker`, in the default format.
            #visibility fn new(invoker: ::std::sync::Arc<dyn ::ch04_proxy::Invoker>) -> Self {
                Self(::ch04_proxy::Proxy::new(Self::key(), invoker))
            }

            /// Calls through `proxy`: in another format, or another version or group of the service.
            #visibility fn over(proxy: ::ch04_proxy::Proxy) -> Self {
                Self(proxy)
            }

            /// How the service is called on the wire.
            #visibility fn key() -> ::ch04_proxy::ServiceKey {
                ::ch04_proxy::ServiceKey::parse(#key).expect("`#[service]` has checked it")
            }
        }

        #(#cfgs)*
        #[allow(deprecated, non_snake_case)]
        impl #name for #stub {
            type Error = ::ch04_proxy::RpcError<#error>;
            #(#methods)*
        }
    }
}

// ANCHOR: method
fn method(service: &Service, method: &Method) -> TokenStream {
    let Service { error, .. } = service;
    let Method { cfgs, signature, wire_name, request, answer, .. } = method;
    let fields = method.arguments.iter().map(|Argument { name, borrowed, .. }| match borrowed {
        Some(owned) => {
            let place = place(owned.span());
            quote_spanned! {place=> #name: ::std::borrow::Cow::Borrowed(#name) }
        }
        None => quote! { #name },
    });
    // The reader's own: a trait that another macro has written has another `self` than this one's.
    let this = signature.receiver().map(|receiver| receiver.self_token);
    quote! {
        #(#cfgs)*
        #signature {
            let request = #request { #(#fields),* };
            #this.0.call::<_, #answer, #error>(#wire_name, &request)
        }
    }
}
// ANCHOR_END: method
