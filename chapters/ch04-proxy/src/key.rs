//! Which service is meant: interface, version, group.

use std::fmt;
use std::sync::Arc;

/// The name of a service, as it stands in a frame and in the dispatcher's table:
/// `group/interface:version`. [X-05]
///
/// ```text
///   OrderService                     the interface is enough where there is one
///   OrderService:2.0                 two versions, side by side, while callers move over
///   gray/shop.OrderService:2.0       two groups: the same interface, another set of servers
/// ```
///
/// Both ends compare the whole text, so a caller of version 1.0 never reaches version 2.0. It is a shared
/// text: a clone costs a counter.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceKey(Arc<str>);

impl ServiceKey {
    /// How long each of the three parts may be: 128 bytes. A Java interface with its package has some 60.
    /// Three of them leave nine tenths of a header to others.
    pub const MAX_PART: usize = 128;

    /// Reads `group/interface:version`; group and version may be missing.
    ///
    /// # Errors
    /// [`NameError`]: a part is empty, too long, or holds anything but ASCII letters, digits, `.`, `_`, `-`
    /// and `$`.
    // ANCHOR: parse
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let (group, rest) = text.split_once('/').map_or((None, text), |(group, rest)| (Some(group), rest));
        let (interface, version) =
            rest.split_once(':').map_or((rest, None), |(name, version)| (name, Some(version)));
        for (what, part) in [("group", group), ("interface", Some(interface)), ("version", version)] {
            if let Some(part) = part {
                check(what, part, Self::MAX_PART, |byte| matches!(byte, b'.' | b'_' | b'-' | b'$'))?;
            }
        }
        Ok(Self(text.into()))
    }
    // ANCHOR_END: parse

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The group, if there is one.
    pub fn group(&self) -> Option<&str> {
        self.0.split_once('/').map(|(group, _)| group)
    }

    /// The interface: what both sides share.
    pub fn interface(&self) -> &str {
        let rest = self.0.split_once('/').map_or(&*self.0, |(_, rest)| rest);
        rest.split_once(':').map_or(rest, |(interface, _)| interface)
    }

    /// The version, if there is one.
    pub fn version(&self) -> Option<&str> {
        self.0.split_once(':').map(|(_, version)| version)
    }
}

impl fmt::Display for ServiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceKey({self})")
    }
}

/// How long a method's name may be: 128 bytes, like a part of the key.
pub const MAX_METHOD: usize = 128;

/// Whether `name` can be a method's: ASCII letters, digits and `_`, the first no digit, and no more than
/// [`MAX_METHOD`] bytes.
///
/// # Errors
/// [`NameError`].
pub fn check_method(name: &str) -> Result<(), NameError> {
    check("method", name, MAX_METHOD, |byte| byte == b'_')?;
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(NameError::BadCharacter { what: "method", name: name.to_owned() });
    }
    Ok(())
}

fn check(what: &'static str, part: &str, limit: usize, also: fn(u8) -> bool) -> Result<(), NameError> {
    if part.is_empty() {
        return Err(NameError::Empty { what });
    }
    if part.len() > limit {
        return Err(NameError::TooLong { what, length: part.len(), limit });
    }
    match part.bytes().all(|byte| byte.is_ascii_alphanumeric() || also(byte)) {
        true => Ok(()),
        false => Err(NameError::BadCharacter { what, name: part.to_owned() }),
    }
}

/// A text that is no name of a service or method.
///
/// Names come from strangers, and end in logs, in paths of a registry (chapter 5) and on terminals: so the
/// few characters that they need are allowed, and no others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing.
    #[error("the {what} is empty")]
    Empty {
        /// `group`, `interface`, `version` or `method`.
        what: &'static str,
    },
    /// Longer than anything that people would write.
    #[error("the {what} has {length} bytes, at most {limit} are allowed")]
    TooLong {
        /// `group`, `interface`, `version` or `method`.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A character that has no business there.
    #[error("the {what} {name:?} may hold ASCII letters, digits and {}", allowed(.what))]
    BadCharacter {
        /// `group`, `interface`, `version` or `method`.
        what: &'static str,
        /// What came.
        name: String,
    },
}

fn allowed(what: &str) -> &'static str {
    if what == "method" { "_ only, the first no digit" } else { ". _ - $ only" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_parts_of_which_two_may_be_missing() {
        for (text, group, interface, version) in [
            ("OrderService", None, "OrderService", None),
            ("OrderService:1.0", None, "OrderService", Some("1.0")),
            ("gray/OrderService", Some("gray"), "OrderService", None),
            (
                "gray/com.shop.Order$Service:1.0-rc_1",
                Some("gray"),
                "com.shop.Order$Service",
                Some("1.0-rc_1"),
            ),
        ] {
            let key = ServiceKey::parse(text).unwrap();
            assert_eq!((key.group(), key.interface(), key.version()), (group, interface, version), "{text}");
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn a_text_that_is_no_name_is_told_why() {
        let long = format!("{}:1", "x".repeat(129));
        for (text, says) in [
            ("", "the interface is empty"),
            ("/a", "the group is empty"),
            ("a:", "the version is empty"),
            ("a/", "the interface is empty"),
            ("a/b/c", r#"the interface "b/c" may hold ASCII letters, digits and . _ - $ only"#),
            ("a:b:c", r#"the version "b:c" may hold ASCII letters, digits and . _ - $ only"#),
            ("a b", r#"the interface "a b" may hold ASCII letters, digits and . _ - $ only"#),
            ("Bücher", r#"the interface "Bücher" may hold ASCII letters, digits and . _ - $ only"#),
            ("a\n", r#"the interface "a\n" may hold ASCII letters, digits and . _ - $ only"#),
            (&long, "the interface has 129 bytes, at most 128 are allowed"),
        ] {
            assert_eq!(ServiceKey::parse(text).unwrap_err().to_string(), says, "{text:?}");
        }
        assert!(ServiceKey::parse(&"x".repeat(128)).is_ok());
        assert_eq!(check_method("get_order2"), Ok(()));
        for name in ["get.order", "0"] {
            let says =
                format!("the method {name:?} may hold ASCII letters, digits and _ only, the first no digit");
            assert_eq!(check_method(name).unwrap_err().to_string(), says);
        }
    }
}
