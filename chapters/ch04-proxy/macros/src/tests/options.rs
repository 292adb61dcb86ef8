use super::{errors, read};

#[test]
fn the_key_is_put_together() {
    for (options, interface, key, error) in [
        ("", "Greeter", "Greeter", ":: ch04_proxy :: NoError"),
        ("error = Rude", "Greeter", "Greeter", "Rude"),
        (r#"name = "a.b.C$D""#, "a.b.C$D", "a.b.C$D", ":: ch04_proxy :: NoError"),
        (r#"version = "1.0-rc_1""#, "Greeter", "Greeter:1.0-rc_1", ":: ch04_proxy :: NoError"),
        (r#"group = "blue""#, "Greeter", "blue/Greeter", ":: ch04_proxy :: NoError"),
        (
            r#"group = "blue", version = "2", name = "G", error = crate::Rude<u8>,"#,
            "G",
            "blue/G:2",
            "crate :: Rude < u8 >",
        ),
    ] {
        let service = read(options, "").unwrap();
        assert_eq!((service.interface.as_str(), service.key.as_str()), (interface, key), "{options}");
        let written = service.error;
        assert_eq!(quote::quote!(#written).to_string(), error, "{options}");
    }
}

#[test]
fn an_option_that_says_nothing_is_refused() {
    let long = format!(r#"name = "{}""#, "x".repeat(129));
    for (options, words) in [
        (r#"verison = "1""#, "`verison` is no option of a service"),
        (r#"version = "1", version = "2""#, "`version` is said twice"),
        (r#"name = """#, "an empty text says nothing"),
        (r#"name = "a b""#, "' ' cannot stand in a service's key"),
        (r#"group = "a/b""#, "'/' cannot stand in a service's key"),
        (r#"version = "1:0""#, "':' cannot stand in a service's key"),
        (r#"name = "Bücher""#, "'ü' cannot stand in a service's key"),
        (r#"name = "a\n""#, r"'\n' cannot stand in a service's key"),
        (&long, "129 bytes are too long: a part of a service's key has at most 128"),
        ("name = Greeter", "expected string literal"),
        ("name = 5", "expected string literal"),
        ("error = &'static str", "an error is owned"),
        ("error = Cow<'_, str>", "an error is owned"),
        ("error = Self", "`Self` is another type on each end"),
        (r#"name "Greeter""#, "expected `=`"),
        (r#"name = "a" version = "1""#, "expected `,`"),
        ("5", "expected identifier"),
    ] {
        let errors = errors(read(options, ""));
        assert_eq!(errors.len(), 1, "{options}: {errors:?}");
        assert!(errors[0].contains(words), "{options}: {errors:?} should contain {words:?}");
    }
    assert!(read(&long.replacen('x', "", 1), "").is_ok(), "128 bytes");
}

#[test]
fn bad_brackets_do_not_hide_a_bad_trait() {
    let errors = errors(read("colour = 1", "const N: u8;"));
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("`colour` is no option") && errors[1].contains("nothing else"), "{errors:?}");
}
