//! One type: whether it can travel at all, as far as its tokens tell, and how it is written.

use quote::ToTokens;
use syn::visit::Visit;
use syn::{Ident, Lifetime, Type, TypeImplTrait, TypeReference};

/// Where a type stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What a caller gives.
    Argument,
    /// What a method returns.
    Answer,
    /// What a service says when it fails.
    Error,
}

/// Whether a type can be read from bytes on the other end, as far as its words tell. Whether it has serde's
/// traits is not seen here: rustc says that.
///
/// # Errors
/// At the first thing in it that cannot.
pub fn check(of: &Type, place: Place) -> syn::Result<()> {
    let mut search = Search { place, found: None };
    search.visit_type(of);
    search.found.map_or(Ok(()), Err)
}

struct Search {
    place: Place,
    found: Option<syn::Error>,
}

impl Search {
    fn refuse(&mut self, tokens: impl ToTokens, words: &str) {
        self.found.get_or_insert_with(|| syn::Error::new_spanned(tokens, words));
    }

    fn refuse_borrowed(&mut self, tokens: impl ToTokens) {
        let words = match self.place {
            Place::Argument => {
                "only a whole argument can be borrowed, as `&str`: in here the other end has nobody to borrow from"
            }
            Place::Answer => "an answer is owned: it arrives from another machine, where nobody can lend it",
            Place::Error => "an error is owned: it arrives from another machine, where nobody can lend it",
        };
        self.refuse(tokens, words);
    }
}

impl<'ast> Visit<'ast> for Search {
    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        self.refuse_borrowed(reference);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        if lifetime.ident != "static" {
            self.refuse_borrowed(lifetime);
        }
    }

    fn visit_type_impl_trait(&mut self, some: &'ast TypeImplTrait) {
        self.refuse(
            some,
            "a concrete type is needed: the other end has only bytes and must know what to read",
        );
    }

    fn visit_ident(&mut self, name: &'ast Ident) {
        if name == "Self" {
            self.refuse(name, "`Self` is another type on each end: name the type that both know");
        }
    }
}

/// A type without the brackets around it: `(T)`, and those that nobody sees, which `macro_rules!` puts around
/// its `$t:ty`.
pub fn bare(written: &Type) -> &Type {
    match written {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => written,
    }
}

/// A type as people write it: `Vec<Item>`, where tokens alone would print `Vec < Item >`.
pub fn text(of: &Type) -> String {
    let mut text = String::new();
    for word in of.to_token_stream().to_string().split_whitespace() {
        let (last, first) = (text.chars().last().unwrap_or(' '), word.chars().next().unwrap_or(' '));
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        let two_names = letter(last) && (letter(first) || first == '\'');
        let list_goes_on = matches!(last, ',' | ';') && !matches!(first, ')' | ']' | '>');
        let sign = ["->", "+", "="].iter().any(|&sign| word == sign || text.ends_with(sign));
        if two_names || list_goes_on || sign {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
