use proc_macro2::TokenStream;
use syn::{File, Item};

use crate::expand;

/// What `#[service(options)] definition` becomes, formatted.
fn rendered(options: &str, definition: &str) -> String {
    let tokens: TokenStream = expand::service(options.parse().unwrap(), definition.parse().unwrap());
    prettyplease::unparse(&syn::parse2::<File>(tokens).unwrap())
}

const GREETER: &str = "pub trait Greeter {
    type Error;
    fn greet(&self, name: &str, r#loop: Option<Vec<u8>>) -> Result<String, Self::Error>;
    #[cfg(unix)]
    fn part(&self) -> Result<(), Self::Error>;
}";

#[track_caller]
fn has(code: &str, lines: &[&str]) {
    let mut rest = code;
    for line in lines {
        let Some((_, after)) = rest.split_once(line) else {
            panic!("{line:?} is missing (or earlier) in:\n{code}")
        };
        rest = after;
    }
}

#[test]
fn the_trait_stays_as_it_is() {
    let code = rendered("", GREETER);
    assert!(code.starts_with(&prettyplease::unparse(&syn::parse_file(GREETER).unwrap())), "{code}");
}

#[test]
fn a_request_holds_the_arguments_in_their_order() {
    has(
        &rendered(r#"name = "a.Greeter""#, GREETER),
        &[
            r#"rename = "a.Greeter.greet","#,
            "deny_unknown_fields",
            "pub struct GreeterGreet<'a> {",
            "name: ::std::borrow::Cow<'a, str>,",
            "r#loop: Option<Vec<u8>>,",
            "#[cfg(unix)]",
            "pub struct GreeterPart {}",
        ],
    );
}

#[test]
fn brackets_around_a_type_change_nothing() {
    let code =
        rendered("", "trait G { type Error; fn g(&self, a: (&str)) -> (Result<(u8), (Self::Error)>); }");
    has(&code, &["struct GG<'a> {", "a: ::std::borrow::Cow<'a, str>,", r#"arguments: &[("a", "(&str)")],"#]);
}

#[test]
fn a_stub_calls_by_name() {
    has(
        &rendered(r#"error = Rude, version = "2""#, GREETER),
        &[
            "pub struct GreeterStub(::ch04_proxy::Proxy);",
            r#"ServiceKey::parse("Greeter:2")"#,
            "impl Greeter for GreeterStub {",
            "type Error = ::ch04_proxy::RpcError<Rude>;",
            "fn greet(",
            "let request = GreeterGreet {",
            "name: ::std::borrow::Cow::Borrowed(name),",
            "r#loop,",
            r#"self.0.call::<_, String, Rude>("greet", &request)"#,
            "#[cfg(unix)]",
            r#"self.0.call::<_, (), Rude>("part", &request)"#,
        ],
    );
}

#[test]
fn a_skeleton_names_every_method() {
    has(
        &rendered("error = Rude", GREETER),
        &[
            "pub fn greeter_skeleton<__S>(service: ::std::sync::Arc<__S>) -> ::ch04_proxy::Skeleton",
            "__S: Greeter<Error = Rude>",
            r#"Skeleton::new(GreeterStub::key(), "Rude")"#,
            r#"name: "greet","#,
            r#"arguments: &[("name", "&str"), ("loop", "Option<Vec<u8>>")],"#,
            r#"returns: "String","#,
            "move |request: GreeterGreet<'static>| <__S as Greeter>::greet(",
            "&service,",
            "&request.name,",
            "request.r#loop,",
            "skeleton.method::<_, String, Rude>(signature, method)",
            "#[cfg(unix)]",
            r#"name: "part","#,
            "arguments: &[],",
            r#"returns: "()","#,
            "let method = move |_: GreeterPart| <__S as Greeter>::part(&service);",
        ],
    );
}

#[test]
fn names_are_made_as_rust_makes_them() {
    for (name, skeleton) in [
        ("Greeter", "greeter_skeleton"),
        ("OrderService", "order_service_skeleton"),
        ("HTTPServer", "http_server_skeleton"),
        ("OrdersV2", "orders_v2_skeleton"),
        ("A", "a_skeleton"),
        ("Two_Words", "two_words_skeleton"),
    ] {
        has(&rendered("", &format!("trait {name} {{ type Error; }}")), &[&format!("fn {skeleton}<__S>")]);
    }
}

#[test]
fn everything_is_as_visible_as_the_trait_and_there_when_it_is() {
    let definition =
        "#[cfg(unix)] pub(crate) trait Near { type Error; fn near(&self) -> Result<u8, Self::Error>; }";
    let file: File = syn::parse2(expand::service(TokenStream::new(), definition.parse().unwrap())).unwrap();
    let mut items = 0;
    for item in &file.items {
        let attributes = match item {
            Item::Trait(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Const(item) => &item.attrs,
            _ => panic!("an item of another kind"),
        };
        assert!(attributes.iter().any(|attribute| attribute.path().is_ident("cfg")));
        items += 1;
    }
    assert_eq!(items, 7, "trait, request, proof, stub, its two impls, skeleton");
    let code = prettyplease::unparse(&file);
    assert_eq!(
        code.matches("pub(crate)").count(),
        7,
        "trait, request, stub, three constructors, skeleton:\n{code}"
    );
    assert_eq!(code.matches("pub ").count(), 0, "{code}");
}

#[test]
fn what_is_refused_leaves_the_trait_that_rustc_would_take() {
    let code = rendered(
        "",
        "trait G { fn one(&self, (a, b): (u8, u8)); const fn two(&self); fn two(&self); async fn three(); }",
    );
    has(&code, &["trait G {", "fn two(&self);", "async fn three();", "type Error;", "}", "compile_error!"]);
    assert_eq!(code.matches("fn two").count(), 1, "{code}");
    assert!(!code.contains("fn one") && !code.contains("const fn") && !code.contains("GStub"), "{code}");
    for items in ["type Error; const N: u8;", "type Name;", "const N: u8;"] {
        let code = rendered("", &format!("trait G {{ {items} }}"));
        assert_eq!(code.matches("\n    type Error;").count(), 1, "{code}");
    }
    has(&rendered("", "struct G;"), &["struct G;", "compile_error!"]);
}
