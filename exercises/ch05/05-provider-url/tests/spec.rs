//! # Spec of 05-05: a provider as the name of a node
//!
//! A registry like ZooKeeper is a tree of names. Dubbo writes all that is to be known about a provider into one name,
//! so whoever lists the children of `/dubbo/OrderService/providers` has everything in one answer. The price: an address
//! is full of `/`, which is a border in a path, and its values may hold `&` and `=`, which are borders in an address.
//!
//! Each border is protected by encoding whatever stands between two of them, once for each kind of border. So a value
//! is encoded twice on its way into the name, and decoded twice on its way back, and every mistake that is made once
//! too often or too seldom shows on some provider, some day, whose zone is called `r&d`.

mod harness;

use ch05_registry::url::{MAX_URL, ProviderUrl};
use ch05_registry::{Endpoint, RegistryError};
use harness::{
    PAGE, check_decoded, check_encoded, check_node, check_parsed, check_read, check_refused, check_written,
    in_words, provider, told,
};
use provider_url::{BAD_PERCENT, NOT_UTF8, decode, encode, from_node, parse, to_node, to_url};
use spec_kit::Failure;

const KEPT: &str =
    "Letters a–z and A–Z, digits, and `.` `-` `*` `_` stay as they are, and nothing else does.";
const BLANK: &str =
    "`java.net.URLEncoder` writes a blank as `+`. So a plus sign that is meant has to be encoded, as %2B.";
const CAPITALS: &str = "`%` and the byte in two hexadecimal digits, capitals, with a zero in front where it needs one. A registry \
                        compares names as texts: %2f is another node than %2F.";
const BYTES: &str = "What is encoded are the bytes of UTF-8, not the characters: 北 has three of them, so it becomes three times \
                     `%` and two digits. A letter is one of a–z and A–Z; `char::is_alphanumeric` knows thousands more.";
const PLUS: &str = "A plus sign is a blank, and %2B is a plus sign. They are told apart from left to right, in one go. Whoever \
                    replaces the plus signs after the percent signs turns the one that was meant into a blank, too.";
const ONCE: &str = "Decoding is done once: what comes out of a `%` and two digits is part of the text, and not looked at again.";
const DIGITS: &str = "Two hexadecimal digits follow a `%`, 0–9, a–f or A–F, and nothing else: no sign, no blank, no end of the text. \
                      (`from_str_radix` takes a sign.) A stranger wrote it, so it is an error, and no panic.";
const TEXT: &str = "The bytes that come out must be UTF-8. Whoever puts a � in the place of what is not has another provider than \
                    the one that was written; and two broken names become the same.";
const ITSELF: &str =
    "All other characters stand for themselves, also those that `encode` would have encoded.";
const SORTED: &str = "The pairs are sorted by name, as it is before it is encoded. One provider has one name, so that a second \
                      attempt finds the node of the first.";
const EACH: &str = "Each name and each value is encoded on its own, before `=` and `&` are put between them. Otherwise a `&` in a \
                    value is a border, and the rest of the value becomes another parameter.";
const TWICE: &str = "The name of a node is the whole address, encoded once more. What is encoded in the address already has a `%`, \
                     which becomes %25: a value is encoded twice.";
const SLASH: &str =
    "A `/` ends a name in the tree. The name of a node is the whole address, encoded, so that none is left.";
const FIRST: &str = "`anyhost=true` is the first parameter, whatever the others are called: dubbo2.js loses the first one, so one \
                     stands there that nobody needs.";
const BACK: &str = "What was written must be read. If tests above are red too, begin with them.";
const LABELS: &str = "What is not `interface`, `group`, `version`, `registration` or `anyhost` is a label, whoever wrote it: routers \
                      and balancers will ask for it.";
const OWN: &str = "`group`, `version` and `registration` say which service it is, and which registration; they are no labels. \
                   `anyhost` says nothing at all, whatever its value is.";
const WINS: &str =
    "If there is a parameter `interface`, that is the interface. The path is, if there is none.";
const PAIRS: &str = "Between two `&` stands a pair. Its name ends at its *first* `=`, and the value is all that follows. Without a `=` \
                     the value is empty. An empty pair, or one without a name, says nothing. Of two with the same name the last \
                     one counts.";
const CUTS: &str = "The borders are the first `://`, the first `?` behind it, and, before that, the first `/`. Inside of the \
                    parameters these are characters like others.";
const NAMES: &str = "A name is encoded as a value is, so it is decoded before anybody asks what it is. Then it is compared \
                     as it is: `Group` is another name than `group`.";
const SIX: &str = "The address of IPv6 has colons in it, and stands in brackets. Display of a `SocketAddr` writes them, and its \
                   `parse` reads them.";
const REFUSED: &str = "What cannot be a provider is an error, `RegistryError::Malformed`, and what was read so far is thrown away. \
                       (An empty `group=` or `version=` is a group or version all the same, and a service key refuses it.)";

// ---- encode ----

#[test]
fn letters_digits_and_four_others_stay() {
    for text in ["OrderService", "abcxyz", "ABCXYZ", "0123456789", ".-*_", "", "com.laowang.order-service_2*"]
    {
        check_encoded(text, text, KEPT);
    }
    for byte in b'!'..=b'~' {
        let text = char::from(byte).to_string();
        let stays = byte.is_ascii_alphanumeric() || b".-*_".contains(&byte);
        let expected = if stays { text.clone() } else { format!("%{byte:02X}") };
        check_encoded(&text, &expected, KEPT);
    }
    check_encoded("~", "%7E", KEPT);
}

#[test]
fn a_blank_becomes_a_plus_sign() {
    for (text, encoded) in
        [(" ", "+"), ("a b", "a+b"), ("  ", "++"), ("+", "%2B"), ("a + b", "a+%2B+b"), ("1+1", "1%2B1")]
    {
        check_encoded(text, encoded, BLANK);
    }
}

#[test]
fn everything_else_becomes_a_percent_sign_and_two_capitals() {
    for (text, encoded) in [
        ("/", "%2F"),
        ("?", "%3F"),
        (":", "%3A"),
        ("%", "%25"),
        ("%2F", "%252F"),
        ("a=b&c=d", "a%3Db%26c%3Dd"),
        ("\n", "%0A"),
        ("\t\0", "%09%00"),
        ("\u{7f}", "%7F"),
        ("\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("yrpc://127.0.0.1:7050/S?a=b", "yrpc%3A%2F%2F127.0.0.1%3A7050%2FS%3Fa%3Db"),
    ] {
        check_encoded(text, encoded, CAPITALS);
    }
}

#[test]
fn a_character_is_encoded_byte_by_byte() {
    for (text, encoded) in [
        ("é", "%C3%A9"),
        ("北", "%E5%8C%97"),
        ("北京 1", "%E5%8C%97%E4%BA%AC+1"),
        ("😀", "%F0%9F%98%80"),
        ("ß²٣", "%C3%9F%C2%B2%D9%A3"),
        ("\u{a0}", "%C2%A0"),
        ("\u{ff0f}", "%EF%BC%8F"),
    ] {
        check_encoded(text, encoded, BYTES);
    }
}

// ---- decode ----

#[test]
fn what_is_not_encoded_stands_for_itself() {
    for text in ["", "OrderService", ".-*_", "~!'()", "a/b?c=d&e:f#g", "北京", "é😀", "\n\0"] {
        check_decoded(text, Ok(text), ITSELF);
    }
}

#[test]
fn a_plus_sign_is_a_blank_and_2b_is_a_plus_sign() {
    for (text, decoded) in [
        ("+", " "),
        ("a+b", "a b"),
        ("%2B", "+"),
        ("%2b", "+"),
        ("a+b%2Bc", "a b+c"),
        ("%20+%2B", "  +"),
        ("++%2B+", "  + "),
    ] {
        check_decoded(text, Ok(decoded), PLUS);
    }
}

#[test]
fn what_is_decoded_is_not_decoded_again() {
    for (text, decoded) in [
        ("%25", "%"),
        ("%252F", "%2F"),
        ("%2541", "%41"),
        ("%252B", "%2B"),
        ("%25+", "% "),
        ("%25zz", "%zz"),
        ("%25252F", "%252F"),
    ] {
        check_decoded(text, Ok(decoded), ONCE);
    }
}

#[test]
fn digits_may_be_large_or_small() {
    let both =
        "Large and small digits are read. `encode` writes large ones, and others write what they like.";
    for (text, decoded) in [
        ("%2F", "/"),
        ("%2f", "/"),
        ("%e5%8c%97", "北"),
        ("%E5%8c%97", "北"),
        ("%C3%a9x", "éx"),
        ("%7e%7E", "~~"),
        ("%00%0a%7f", "\0\n\u{7f}"),
    ] {
        check_decoded(text, Ok(decoded), both);
    }
    check_decoded("北%2F%E4%BA%AC", Ok("北/京"), ITSELF);
}

#[test]
fn a_percent_sign_needs_two_digits() {
    for text in [
        "%",
        "%4",
        "a%",
        "a%4",
        "100%",
        "%%",
        "%%41",
        "%4%41",
        "%zz",
        "%4g",
        "%g4",
        "%G0",
        "%+1",
        "%-1",
        "% 1",
        "%1 ",
        "%1+",
        "%0x",
        "%北",
        "%4北",
        "%é1",
        "%\u{ff14}\u{ff11}",
        "%4\0",
        "%:0",
        "%/0",
        "%@0",
        "%`0",
        "%0:",
        "%0@",
        "ok%20then%2",
    ] {
        check_decoded(text, Err(BAD_PERCENT), DIGITS);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for text in
        ["%FF", "a%80", "%C3", "%C3x", "%E5%8C", "%E5%8C+", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%E5北"]
    {
        check_decoded(text, Err(NOT_UTF8), TEXT);
    }
}

#[test]
fn whatever_was_encoded_comes_back() {
    let chars: Vec<char> =
        (0..300).chain([0x20ac, 0x5317, 0xfffd, 0x1f600, 0x10_ffff]).filter_map(char::from_u32).collect();
    for char in &chars {
        round_trip(&char.to_string());
    }
    // Any two in a row, of those that mean something.
    let special =
        ["%", "+", " ", "2", "B", "F", "%2B", "%25", "/", "&", "=", "?", "é", "北", "\0", "~", "%zz"];
    for first in special {
        for second in special {
            round_trip(&format!("{first}{second}{first}"));
        }
    }
    round_trip(&chars.iter().collect::<String>());
}

#[track_caller]
fn round_trip(text: &str) {
    let encoded = told("encode", text, || encode(text));
    let decoded = told("decode", &encoded, || decode(&encoded));
    if decoded.as_deref() != Ok(text) {
        Failure::new("A text was encoded, and did not come back.")
            .expected(format_args!("{text:?} → … → {text:?}"))
            .got(format_args!("{text:?} → {encoded:?} → {decoded:?}"))
            .because("`decode` takes back what `encode` has done, whatever the text is.")
            .page(PAGE)
            .raise();
    }
}

// ---- writing ----

#[test]
fn an_address_is_written_as_dubbo_writes_it() {
    let full = provider("blue/shop.OrderService:1.0", &[("zone", "a b"), ("weight", "100")]);
    check_written(
        &full,
        "yrpc://127.0.0.1:7050/shop.OrderService?anyhost=true&group=blue&interface=shop.OrderService&registration=9f\
         &version=1.0&weight=100&zone=a+b",
        SORTED,
    );
    let bare = ProviderUrl { registration: None, protocol: "dubbo".into(), ..provider("OrderService", &[]) };
    check_written(&bare, "dubbo://127.0.0.1:7050/OrderService?anyhost=true&interface=OrderService", FIRST);
}

#[test]
fn parameters_are_sorted_by_name() {
    let url = provider(
        "S:1.0",
        &[("z", "1"), ("iz", "2"), ("Z", "3"), ("_", "4"), ("v", "5"), ("北", "6"), ("~", "7")],
    );
    check_written(
        &url,
        "yrpc://127.0.0.1:7050/S?anyhost=true&Z=3&_=4&interface=S&iz=2&registration=9f&v=5&version=1.0&z=1&%7E=7\
         &%E5%8C%97=6",
        SORTED,
    );
}

#[test]
fn the_first_parameter_is_one_that_nobody_needs() {
    let url = provider("S", &[("a", "1"), ("Application", "shop")]);
    check_written(
        &url,
        "yrpc://127.0.0.1:7050/S?anyhost=true&Application=shop&a=1&interface=S&registration=9f",
        FIRST,
    );
}

#[test]
fn names_and_values_are_encoded_each_on_its_own() {
    for (name, value, pair) in [
        ("zone", "r&d", "zone=r%26d"),
        ("zone", "a=b", "zone=a%3Db"),
        ("zone", "a/b?c#d", "zone=a%2Fb%3Fc%23d"),
        ("zone", "50%", "zone=50%25"),
        ("zone", "%26", "zone=%2526"),
        ("zone", "1+1 = 2", "zone=1%2B1+%3D+2"),
        ("zone", "北京", "zone=%E5%8C%97%E4%BA%AC"),
        ("zone", "", "zone="),
        ("x y&=%", "v", "x+y%26%3D%25=v"),
        ("zone/é", "1", "zone%2F%C3%A9=1"),
    ] {
        let expected = format!("yrpc://127.0.0.1:7050/S?anyhost=true&interface=S&registration=9f&{pair}");
        check_written(&provider("S", &[(name, value)]), &expected, EACH);
    }
}

#[test]
fn the_name_of_a_node_is_the_address_encoded_once_more() {
    let node = "yrpc%3A%2F%2F127.0.0.1%3A7050%2Fshop.OrderService%3Fanyhost%3Dtrue%26interface%3Dshop.OrderService\
                %26registration%3D9f%26zone%3Da%2Bb%252Fc%2526";
    check_node(&provider("shop.OrderService", &[("zone", "a b/c&")]), node, TWICE);
    let six = ProviderUrl {
        endpoint: Endpoint::new("[::1]:80".parse().expect("an address")),
        ..provider("S", &[])
    };
    check_node(
        &six,
        "yrpc%3A%2F%2F%5B%3A%3A1%5D%3A80%2FS%3Fanyhost%3Dtrue%26interface%3DS%26registration%3D9f",
        SIX,
    );
}

#[test]
fn no_border_of_a_path_is_left_in_a_node() {
    for url in providers() {
        let node = told("to_node", &in_words(&url), || to_node(&url));
        let stranger = node.chars().find(|&char| !(char.is_ascii_alphanumeric() || ".-*_+%".contains(char)));
        if let Some(char) = stranger {
            Failure::new("A node was to be created, and its name is no name.")
                .show("the provider", in_words(&url))
                .expected("letters, digits and . - * _ + % only")
                .got(format_args!("{char:?} in {node:?}"))
                .because(SLASH)
                .page(PAGE)
                .raise();
        }
    }
}

// ---- reading ----

#[test]
fn what_was_written_is_read() {
    for url in providers() {
        let text = told("to_url", &in_words(&url), || to_url(&url));
        check_parsed(&text, &url, BACK);
        let node = told("to_node", &in_words(&url), || to_node(&url));
        check_read(&node, &url, BACK);
    }
}

#[test]
fn a_strangers_node_is_read_with_all_that_it_says() {
    let node = "dubbo%3A%2F%2F127.0.0.1%3A7050%2Fcom.laowang.orderService%3Fanyhost%3Dtrue%26application%3Dshop%26\
                interface%3Dcom.laowang.orderService%26methods%3DgetOrder%252CplaceOrder%26note%3D50%2525%2Boff%26\
                timestamp%3D1700000000000";
    let labels = [
        ("application", "shop"),
        ("methods", "getOrder,placeOrder"),
        ("note", "50% off"),
        ("timestamp", "1700000000000"),
    ];
    let expected = ProviderUrl {
        protocol: "dubbo".into(),
        registration: None,
        ..provider("com.laowang.orderService", &labels)
    };
    check_read(node, &expected, LABELS);
    let plain = "dubbo://127.0.0.1:7050/S?side=provider&pid=42&dynamic=true&path=S";
    let labels = [("side", "provider"), ("pid", "42"), ("dynamic", "true"), ("path", "S")];
    let expected = ProviderUrl { protocol: "dubbo".into(), registration: None, ..provider("S", &labels) };
    check_parsed(plain, &expected, LABELS);
}

#[test]
fn the_key_and_the_registration_are_no_labels() {
    for (text, key) in [
        ("yrpc://127.0.0.1:7050/S?registration=9f", "S"),
        ("yrpc://127.0.0.1:7050/S?version=2.0&registration=9f", "S:2.0"),
        ("yrpc://127.0.0.1:7050/S?registration=9f&group=blue", "blue/S"),
        ("yrpc://127.0.0.1:7050/S?version=2.0&group=blue&registration=9f&anyhost=true", "blue/S:2.0"),
        ("yrpc://127.0.0.1:7050/S?anyhost=false&registration=9f", "S"),
    ] {
        check_parsed(text, &provider(key, &[]), OWN);
    }
    let without = ProviderUrl { registration: None, ..provider("S", &[]) };
    let empty = ProviderUrl { registration: Some(String::new()), ..provider("S", &[]) };
    check_parsed("yrpc://127.0.0.1:7050/S?registration=", &empty, OWN);
    check_parsed("yrpc://127.0.0.1:7050/S?", &without, OWN);
    check_parsed("yrpc://127.0.0.1:7050/S", &without, OWN);
}

#[test]
fn the_interface_among_the_parameters_wins() {
    for text in [
        "yrpc://127.0.0.1:7050/Path?interface=S&registration=9f",
        "yrpc://127.0.0.1:7050/?registration=9f&interface=S",
        "yrpc://127.0.0.1:7050?registration=9f&interface=S",
        "yrpc://127.0.0.1:7050/a/b?interface=S&registration=9f",
        "yrpc://127.0.0.1:7050/S?registration=9f",
    ] {
        check_parsed(text, &provider("S", &[]), WINS);
    }
}

#[test]
fn a_pair_ends_at_an_ampersand_and_its_name_at_the_first_equals_sign() {
    for (parameters, labels) in [
        ("a=b=c", &[("a", "b=c")][..]),
        ("a==", &[("a", "=")]),
        ("a=", &[("a", "")]),
        ("a", &[("a", "")]),
        ("&&a=1&&b=2&", &[("a", "1"), ("b", "2")]),
        ("=x&a=1", &[("a", "1")]),
        ("=&a=1", &[("a", "1")]),
        ("a=1&a=2", &[("a", "2")]),
        ("a=1%26b=2", &[("a", "1&b=2")]),
        ("a=1;b=2,c=3", &[("a", "1;b=2,c=3")]),
        ("a%3D1=2", &[("a=1", "2")]),
        ("a=b+c&d+e=f", &[("a", "b c"), ("d e", "f")]),
    ] {
        let text = format!("yrpc://127.0.0.1:7050/S?registration=9f&{parameters}");
        check_parsed(&text, &provider("S", labels), PAIRS);
    }
    check_parsed(
        "yrpc://127.0.0.1:7050/S?group=a&registration=1&registration=9f&group=b",
        &provider("b/S", &[]),
        PAIRS,
    );
}

#[test]
fn names_are_decoded_before_they_are_compared() {
    for (text, key, labels) in [
        ("yrpc://127.0.0.1:7050/S?%67roup=blue&registration=9f", "blue/S", &[][..]),
        ("yrpc://127.0.0.1:7050/P?%69nterface=S&registration=9f", "S", &[]),
        ("yrpc://127.0.0.1:7050/S?any%68ost=true&registration=9f", "S", &[]),
        ("yrpc://127.0.0.1:7050/S?z%6Fne=a&registration=9f", "S", &[("zone", "a")]),
        ("yrpc://127.0.0.1:7050/S?Group=blue&registration=9f", "S", &[("Group", "blue")]),
    ] {
        check_parsed(text, &provider(key, labels), NAMES);
    }
}

#[test]
fn an_address_is_cut_at_its_first_borders() {
    for (text, labels) in [
        ("yrpc://127.0.0.1:7050/S?registration=9f&docs=http://x/y?z", &[("docs", "http://x/y?z")][..]),
        ("yrpc://127.0.0.1:7050/S?registration=9f&docs=x#y", &[("docs", "x#y")]),
        ("yrpc://127.0.0.1:7050/S?registration=9f&a=b ", &[("a", "b ")]),
        ("yrpc://127.0.0.1:7050?registration=9f&interface=S&a=/", &[("a", "/")]),
        ("yrpc://127.0.0.1:7050?interface=S&registration=9f&?=?", &[("?", "?")]),
    ] {
        check_parsed(text, &provider("S", labels), CUTS);
    }
    for address in ["[::1]:80", "[fe80::1]:20880", "10.0.0.7:0", "[2001:db8::7:1]:65535"] {
        let endpoint = Endpoint::new(address.parse().expect("an address"));
        let url = ProviderUrl { endpoint, ..provider("S", &[]) };
        check_parsed(&format!("yrpc://{address}/S?registration=9f"), &url, SIX);
        check_parsed(&format!("yrpc://{address}?registration=9f&interface=S"), &url, SIX);
    }
    let whole =
        "The path is all that stands behind the first `/`. With another `/` in it, it is no interface.";
    for path in ["/S", "S/", "a/S", "a/b/S"] {
        check_refused("parse", &format!("yrpc://127.0.0.1:7050/{path}?registration=9f"), whole);
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for text in [
        "",
        "nothing",
        "yrpc:/127.0.0.1:7050/S",
        "127.0.0.1:7050/S",
        "yrpc://",
        "yrpc:///S",
        "yrpc://localhost:7050/S",
        "yrpc://127.0.0.1/S",
        "yrpc://127.0.0.1:65536/S",
        "yrpc://::1:80/S",
        "yrpc://127.0.0.1:7050:1/S",
        "yrpc://127.0.0.1:7050",
        "yrpc://127.0.0.1:7050/",
        "yrpc://127.0.0.1:7050/S?interface=",
        "yrpc://127.0.0.1:7050/S?group=",
        "yrpc://127.0.0.1:7050/S?version=",
        "yrpc://127.0.0.1:7050/S?interface=blue/S",
        "yrpc://127.0.0.1:7050/S:1.0",
        "yrpc://127.0.0.1:7050/a%20b",
        "yrpc://127.0.0.1:7050/%53",
        "yrpc://127.0.0.1:7050/a b",
        "yrpc://127.0.0.1:7050/S?x=%zz",
        "yrpc://127.0.0.1:7050/S?%zz=x",
        "yrpc://127.0.0.1:7050/S?%",
        "yrpc://127.0.0.1:7050/S?anyhost=%",
        "yrpc://127.0.0.1:7050/S?x=%ff",
        "yrpc://127.0.0.1:7050/S?group=%C3",
    ] {
        check_refused("parse", text, REFUSED);
    }
    for node in [
        "",
        "%",
        "%2",
        "yrpc%zz",
        "%FF",
        "yrpc%3A%2F%2Fnowhere",
        "yrpc%3A%2F%2F127.0.0.1%3A7050%2FS%3Fx%3D%25zz",
    ] {
        check_refused("from_node", node, REFUSED);
    }
}

#[test]
fn the_bounds_of_labels_are_kept() {
    let bounds = "`Endpoint::with` knows how many labels there may be, and how long; its error is one of the address. A label \
                  that is left out without a word is missed by somebody.";
    let many = |count| (0..count).map(|number| format!("&l{number}=")).collect::<String>();
    let names: Vec<String> = (0..Endpoint::MAX_LABELS).map(|number| format!("l{number}")).collect();
    let labels: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let start = "yrpc://127.0.0.1:7050/S?registration=9f";
    check_parsed(&format!("{start}{}", many(Endpoint::MAX_LABELS)), &provider("S", &labels), bounds);
    check_refused("parse", &format!("{start}{}", many(Endpoint::MAX_LABELS + 1)), bounds);
    let long = "x".repeat(Endpoint::MAX_LABEL_BYTES - 1);
    check_parsed(&format!("{start}&a={long}"), &provider("S", &[("a", &long)]), bounds);
    check_refused("parse", &format!("{start}&a={long}x"), bounds);
    let url = format!("{start}&a={long}x");
    let why =
        provider("S", &[]).endpoint.with("a", &format!("{long}x")).expect_err("it is too long").to_string();
    let said = told("parse", &url, || parse(&url)).map_err(|error| error.to_string());
    if !said.as_ref().is_err_and(|said| said.contains(&why)) {
        Failure::new("A label was refused, and nobody can see why.")
            .expected(format_args!("an error with the words: {why}"))
            .got(match said {
                Ok(url) => in_words(&url).replace('\n', ", "),
                Err(said) => said,
            })
            .because("What `Endpoint::with` says is the reason. It goes on to whoever reads the log.")
            .page(PAGE)
            .raise();
    }
}

#[test]
fn long_addresses_are_read_up_to_a_bound() {
    let long = "An address has at most `MAX_URL` bytes, and a node at most three times as many, since each may have become \
                three. Up to that it is read.";
    let start = "yrpc://127.0.0.1:7050/S?registration=9f";
    let url = format!("{start}{}", "&".repeat(MAX_URL - start.len()));
    check_parsed(&url, &provider("S", &[]), long);
    check_refused("parse", &format!("{url}&"), long);
    let node: String = url.bytes().map(|byte| format!("%{byte:02X}")).collect();
    check_read(&node, &provider("S", &[]), long);
    check_refused("from_node", &format!("{node}%26"), long);
    check_refused("from_node", &"x".repeat(3 * MAX_URL + 1), long);
    for (node, why) in [("%zz".to_owned(), BAD_PERCENT), ("x".repeat(3 * MAX_URL + 1), "it is too long")] {
        let said = told("from_node", &node, || from_node(&node)).map_err(|error| error.to_string());
        if !said.as_ref().is_err_and(|said| said.contains(why) && said.len() < 300) {
            Failure::new("A broken node was refused, and nobody can see why.")
                .expected(format_args!("an error with the words: {why}"))
                .got(format_args!("{said:?}"))
                .because("What `decode` says goes on to whoever reads the log. That part came ready-made.")
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn nothing_that_a_stranger_writes_makes_it_panic() {
    let pieces = [
        "yrpc",
        "://",
        "127.0.0.1:7050",
        "[::1]:80",
        "/",
        "?",
        "&",
        "=",
        "%",
        "%2",
        "%25",
        "%FF",
        "+",
        "S",
        "group",
        "interface",
        "version=1",
        "北",
        "\0",
        "é",
        "%C3",
        "a=b",
        ":",
    ];
    // The same "random" numbers on every machine: a linear congruence, Knuth's.
    let mut state = 42_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..20_000 {
        let text: String = (0..random(12)).map(|_| pieces[random(pieces.len())]).collect();
        let _ = told("parse", &text, || parse(&text));
        let _ = told("from_node", &text, || from_node(&text));
        if let Ok(url) = told("parse", &format!("yrpc://127.0.0.1:7050/S?{text}"), || {
            parse(&format!("yrpc://127.0.0.1:7050/S?{text}"))
        }) {
            let node = told("to_node", &in_words(&url), || to_node(&url));
            check_read(&node, &url, BACK);
        }
    }
}

// ---- in its place ----

/// One program writes with your parts, the other reads with the chapter's, and the other way round.
#[test]
fn a_program_of_the_chapter_reads_your_nodes_and_writes_the_same() {
    for url in providers() {
        let node = told("to_node", &in_words(&url), || to_node(&url));
        let theirs = ProviderUrl::from_node(&node);
        if node != url.to_node() || theirs.as_ref() != Ok(&url) {
            let read = |read: Result<ProviderUrl, RegistryError>| {
                read.map_or_else(|error| format!("an error: {error}"), |url| in_words(&url))
            };
            Failure::new("A program of the chapter looked at a node that you wrote.")
                .show("the provider", in_words(&url))
                .show("what the other program reads", read(theirs))
                .expected(url.to_node())
                .got(node)
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
        check_read(&url.to_node(), &url, BACK);
    }
}

/// Providers with everything that has ever gone wrong.
fn providers() -> Vec<ProviderUrl> {
    let six = Endpoint::new("[2001:db8::1]:20880".parse().expect("an address"));
    let mut providers = vec![
        provider("OrderService", &[]),
        provider("blue/shop.OrderService:1.0-rc_1", &[("zone", "a"), ("weight", "100")]),
        provider(
            "S:2.0",
            &[("aaa", "1"), ("zzz", "2"), ("methods", "a,b"), ("path", "S"), ("side", "provider")],
        ),
        ProviderUrl { registration: None, protocol: "dubbo".into(), ..provider("blue/S", &[]) },
        ProviderUrl { endpoint: six.with("zone", "/").expect("a label"), ..provider("S", &[]) },
        ProviderUrl { registration: Some("a/b&c=d e".into()), ..provider("S", &[]) },
    ];
    for value in [
        "",
        " ",
        "+",
        "%",
        "%2B",
        "%2F",
        "%252F",
        "a/b?c&d=e#f",
        "~*-._",
        "北京 😀",
        "\u{1b}[2J\0\n",
        "\"'\\<>",
        "://",
    ] {
        providers.push(provider("S", &[("zone", value), ("x y&=%/", value)]));
    }
    providers
}
