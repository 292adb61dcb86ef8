use crate::types::text;

/// The tokens of a type have no spaces, or too many: it depends on who prints them.
#[test]
fn a_type_is_written_as_people_write_it() {
    for written in [
        "u64",
        "()",
        "(u64,)",
        "(u64, String)",
        "Vec<Item>",
        "Option<Vec<Item>>",
        "HashMap<String, Vec<u8>>",
        "[u8; 4]",
        "&str",
        "&'static str",
        "&[Item]",
        "crate::shop::Order",
        "<A as B>::C",
        "Box<dyn Fn(u8, &str) -> u8 + Send>",
        "Box<dyn Iterator<Item = u8>>",
        "r#type",
    ] {
        let parsed = syn::parse_str(written).unwrap();
        assert_eq!(text(&parsed), written);
    }
    assert_eq!(text(&syn::parse_str("Vec<\n    Item,\n>").unwrap()), "Vec<Item,>");
}
