//! What stands in the brackets of `#[service(error = OrderError, name = "…", version = "…", group = "…")]`.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token, Type};

use crate::types::{self, Place};

/// How long one part of a key may be, in bytes. A name with its package is seldom half as long, and a request
/// carries the whole key.
pub const MAX_PART: usize = 128;

/// What the reader chose; everything may be left out.
#[derive(Default)]
pub struct Options {
    /// The service's own error.
    pub error: Option<Type>,
    /// How the service is called on the wire.
    pub name: Option<String>,
    /// Which edition of the interface it is.
    pub version: Option<String>,
    /// Which of several implementations.
    pub group: Option<String>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self::default();
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let option: Ident = input.parse()?;
            if seen.contains(&option) {
                return Err(syn::Error::new(option.span(), format!("`{option}` is said twice")));
            }
            match option.to_string().as_str() {
                "error" => options.error = Some(error_type(input)?),
                "name" => options.name = Some(part(input)?),
                "version" => options.version = Some(part(input)?),
                "group" => options.group = Some(part(input)?),
                other => {
                    let words = format!(
                        "`{other}` is no option of a service: it has `error`, `name`, `version` and `group`"
                    );
                    return Err(syn::Error::new(option.span(), words));
                }
            }
            seen.push(option);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

/// `= OrderError`
fn error_type(input: ParseStream<'_>) -> syn::Result<Type> {
    input.parse::<Token![=]>()?;
    let error = input.parse()?;
    types::check(&error, Place::Error)?;
    Ok(error)
}

/// `= "shop.OrderService"`
fn part(input: ParseStream<'_>) -> syn::Result<String> {
    input.parse::<Token![=]>()?;
    let text: LitStr = input.parse()?;
    check_part(&text.value(), text.span())?;
    Ok(text.value())
}

/// A part of a key stands in a frame, in logs and in addresses, between `/` and `:`.
///
/// # Errors
/// At `span`: it is empty, too long, or has other characters than those.
pub fn check_part(part: &str, span: Span) -> syn::Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-$".contains(c);
    let words = if part.is_empty() {
        "an empty text says nothing: leave the option out".to_owned()
    } else if let Some(other) = part.chars().find(|&c| !allowed(c)) {
        format!(
            "{other:?} cannot stand in a service's key: it has ASCII letters, digits, `.`, `_`, `-` and `$`"
        )
    } else if part.len() > MAX_PART {
        format!("{} bytes are too long: a part of a service's key has at most {MAX_PART}", part.len())
    } else {
        return Ok(());
    };
    Err(syn::Error::new(span, words))
}
