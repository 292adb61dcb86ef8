//! Misuse of all kinds, and what is said about it. Where it is said, `tests/misuse.rs` of chapter 4 asks rustc:
//! outside of it, tokens have no places.

use super::{errors, read, read_trait};

/// One error, one line, with these words.
#[track_caller]
fn refuse(source: &str, words: &str, read: impl Fn(&str) -> syn::Result<crate::model::Service>) {
    let errors = errors(read(source));
    assert_eq!(errors.len(), 1, "{source}: {errors:?}");
    assert!(errors[0].contains(words), "{source}: {errors:?} should contain {words:?}");
    assert!(!errors[0].contains('\n'), "one line: {errors:?}");
}

#[test]
fn a_method_that_cannot_be_called_from_afar() {
    for (method, words) in [
        ("fn greet<T>(&self) -> Result<u8, Self::Error>;", "a method takes no type parameters"),
        ("fn greet<T: Clone>(&self) -> Result<u8, Self::Error>;", "a method takes no type parameters"),
        ("fn greet<const N: u8>(&self) -> Result<u8, Self::Error>;", "a method takes no type parameters"),
        ("fn greet<'a>(&self) -> Result<u8, Self::Error>;", "a method takes no lifetimes"),
        ("fn greet(&self) -> Result<u8, Self::Error> where Self: Sized;", "a method has no `where` clause"),
        ("fn greet() -> Result<u8, Self::Error>;", "the method needs `&self`"),
        ("fn greet(&mut self) -> Result<u8, Self::Error>;", "a method takes `&self`: many callers"),
        ("fn greet(self) -> Result<u8, Self::Error>;", "a method takes `&self`: the service is still needed"),
        ("fn greet(mut self) -> Result<u8, Self::Error>;", "a method takes `&self`: the service is still"),
        ("fn greet(self: Arc<Self>) -> Result<u8, Self::Error>;", "a method takes plain `&self`"),
        ("fn greet(self: &Self) -> Result<u8, Self::Error>;", "a method takes plain `&self`"),
        ("fn greet(&'static self) -> Result<u8, Self::Error>;", "a method takes plain `&self`"),
        ("async fn greet(&self) -> Result<u8, Self::Error>;", "chapter 8"),
        ("const fn greet(&self) -> Result<u8, Self::Error>;", "leave `const` out"),
        ("unsafe fn greet(&self) -> Result<u8, Self::Error>;", "leave `unsafe` out"),
        ("extern \"C\" fn greet(&self) -> Result<u8, Self::Error>;", "leave `extern` out"),
        ("fn greet(&self) -> Result<u8, Self::Error> { Ok(1) }", "the body belongs into an `impl`"),
        ("fn grüße(&self) -> Result<u8, Self::Error>;", "it has ASCII letters, digits and `_`"),
        ("fn stub(&self) -> Result<u8, Self::Error>;", "a request called `GreeterStub`"),
    ] {
        refuse(method, words, |method| read("", method));
    }
}

#[test]
fn an_argument_that_cannot_be_sent() {
    for (argument, words) in [
        ("(a, b): (u8, u8)", "an argument is a plain name"),
        ("mut a: u8", "an argument is a plain name"),
        ("ref a: u8", "an argument is a plain name"),
        ("_: u8", "an argument needs a name"),
        ("#[cfg(unix)] a: u8", "an argument has no attributes"),
        ("a: &mut String", "what the server changes does not come back"),
        ("a: &'static str", "leave the lifetime out"),
        ("a: Option<&str>", "only a whole argument can be borrowed"),
        ("a: &Option<&str>", "only a whole argument can be borrowed"),
        ("a: &&str", "only a whole argument can be borrowed"),
        ("a: &[&str]", "only a whole argument can be borrowed"),
        ("a: (u8, &mut u8)", "only a whole argument can be borrowed"),
        ("a: Cow<'_, str>", "only a whole argument can be borrowed"),
        ("a: impl ToString", "a concrete type is needed"),
        ("a: Vec<impl ToString>", "a concrete type is needed"),
        ("a: Self", "`Self` is another type on each end"),
        ("a: Vec<Self::Name>", "`Self` is another type on each end"),
    ] {
        let method = format!("fn greet(&self, {argument}) -> Result<u8, Self::Error>;");
        refuse(&method, words, |method| read("", method));
    }
}

#[test]
fn an_answer_that_cannot_come() {
    let result = "the method returns a `Result<…, Self::Error>`: a remote call can always fail";
    for (method, words) in [
        ("fn greet(&self);", result),
        ("fn greet(&self) -> u8;", result),
        ("fn greet(&self) -> ();", result),
        ("fn greet(&self) -> Result;", result),
        ("fn greet(&self) -> Result<u8>;", result),
        ("fn greet(&self) -> io::Result<u8>;", result),
        ("fn greet(&self) -> Option<u8>;", result),
        ("fn greet(&self) -> Option<u8, Self::Error>;", result),
        ("fn greet(&self) -> Result<u8, Self::Error, u8>;", result),
        ("fn greet(&self) -> Result<u8, String>;", result),
        ("fn greet(&self) -> Result<u8, Self::Other>;", result),
        ("fn greet(&self) -> impl Future<Output = u8>;", result),
        ("fn greet(&self) -> &str;", "an answer is owned"),
        ("fn greet(&self) -> Result<&str, Self::Error>;", "an answer is owned"),
        ("fn greet(&self) -> Result<Vec<&str>, Self::Error>;", "an answer is owned"),
        ("fn greet(&self) -> Result<Cow<'_, str>, Self::Error>;", "an answer is owned"),
        ("fn greet(&self) -> Result<impl Sized, Self::Error>;", "a concrete type is needed"),
        ("fn greet(&self) -> Result<Self, Self::Error>;", "`Self` is another type on each end"),
    ] {
        refuse(method, words, |method| read("", method));
    }
}

#[test]
fn a_trait_that_is_no_service() {
    let nothing_else = "a service has methods and `type Error`, nothing else";
    for (definition, words) in [
        ("trait Greeter<T> { type Error; }", "a service takes no type parameters"),
        ("trait Greeter<const N: u8> { type Error; }", "a service takes no type parameters"),
        ("trait Greeter<'a> { type Error; }", "a service takes no lifetimes"),
        ("trait Greeter where Self: Sized { type Error; }", "a service has no `where` clause"),
        ("unsafe trait Greeter { type Error; }", "a service is not `unsafe`"),
        ("auto trait Greeter { type Error; }", "a service is not `auto`"),
        ("trait Greeter {}", "the trait needs `type Error;`"),
        ("trait Greeter { type Error<T>; }", "a service's error type takes no type parameters"),
        ("trait Greeter { type Error = u8; }", "write `type Error;`"),
        ("trait Greeter { type Error; type Name; }", nothing_else),
        ("trait Greeter { type Error; const NAME: u8; }", nothing_else),
        ("trait Greeter { type Error; methods!(); }", nothing_else),
        ("trait Grüßer { type Error; }", "'ü' cannot stand in a service's key"),
        ("/// Docs.\n pub struct Greeter;", "`#[service]` goes in front of a trait"),
        ("impl Greeter {}", "`#[service]` goes in front of a trait"),
        ("pub(crate) fn greet() {}", "`#[service]` goes in front of a trait"),
        ("trait Greeter = Other;", "`#[service]` goes in front of a trait"),
        ("pub unsafe fn greet() {}", "`#[service]` goes in front of a trait"),
    ] {
        refuse(definition, words, |definition| read_trait("", definition));
    }
}

#[test]
fn two_methods_for_one_name() {
    let method = |name: &str| format!("fn {name}(&self) -> Result<u8, Self::Error>;");
    let two = |first: &str, second: &str| method(first) + &method(second);
    for (methods, words) in [
        (two("say", "say"), "`say` is there already"),
        (two("say", "r#say"), "is there already"),
        (two("say_hello", "say__hello"), "`say__hello` and `say_hello` would both have a request called"),
        (two("say_hello", "sayHello"), "`GreeterSayHello`: rename one"),
    ] {
        refuse(&methods, words, |methods| read("", methods));
    }
    let (here, there) = ("#[cfg(unix)] ", "#[cfg(not(unix))] ");
    for (first, second) in [(here, there), (here, ""), ("", here)] {
        let methods = format!("{first}{} {second}{}", method("say"), method("say"));
        assert_eq!(
            read("", &methods).unwrap().methods.len(),
            2,
            "rustc sees whether both are there: {methods}"
        );
    }
}

#[test]
fn a_name_has_a_limit() {
    let method = |length| format!("fn {}(&self) -> Result<u8, Self::Error>;", "x".repeat(length));
    assert!(read("", &method(128)).is_ok());
    refuse(&method(129), "at most 128 of them", |method| read("", method));
}

#[test]
fn everything_is_said_at_once() {
    let definition = "trait Greeter<T> { \
            const N: u8; \
            async fn say(&mut self, _: u8, b: &mut u8) -> u8; \
            fn part(); \
        }";
    // The trait itself first, then its methods.
    let expected = [
        "no type parameters",
        "nothing else",
        "type Error",
        "chapter 8",
        "many callers",
        "needs a name",
        "does not come back",
        "can always fail",
        "needs `&self`",
        "can always fail",
    ];
    let errors = errors(read_trait("", definition));
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    for (message, words) in errors.iter().zip(expected) {
        assert!(message.contains(words), "{message:?} should contain {words:?}");
    }
}
