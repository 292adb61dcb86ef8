//! The idea of erased-serde in ten lines: an object-safe twin for a trait that is not.

use std::any::type_name;
use std::collections::BTreeSet;
use std::sync::Mutex;

// ANCHOR: given
/// A format, small enough for a page. It is object-safe: no method is generic.
trait Format {
    fn number(&mut self, value: u64);
    fn text(&mut self, value: &str);
}

/// As in serde, generic in the format: fast, and no trait object.
trait Serialize {
    fn serialize<F: Format>(&self, format: F);
}
// ANCHOR_END: given

// ANCHOR: twin
/// The twin: the same method for one fixed type of format, which is a trait object.
trait Erased {
    fn erased(&self, format: &mut dyn Format);
}

/// Everything that is `Serialize` has it, with nothing to write by hand.
impl<T: Serialize> Erased for T {
    fn erased(&self, format: &mut dyn Format) {
        self.serialize(format);
    }
}

/// And a borrowed trait object is a format like any other.
impl Format for &mut dyn Format {
    fn number(&mut self, value: u64) {
        (**self).number(value);
    }
    fn text(&mut self, value: &str) {
        (**self).text(value);
    }
}
// ANCHOR_END: twin

/// With which types of format the compiler has translated `Item::serialize`.
static TRANSLATED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

struct Item {
    name: &'static str,
    quantity: u64,
}

impl Serialize for Item {
    fn serialize<F: Format>(&self, mut format: F) {
        TRANSLATED.lock().expect("one thread").insert(type_name::<F>());
        format.text(self.name);
        format.number(self.quantity);
    }
}

impl Serialize for u64 {
    fn serialize<F: Format>(&self, mut format: F) {
        format.number(*self);
    }
}

/// Two formats: words, and nothing but their length.
#[derive(Default)]
struct Words(Vec<String>);

impl Format for Words {
    fn number(&mut self, value: u64) {
        self.0.push(value.to_string());
    }
    fn text(&mut self, value: &str) {
        self.0.push(value.to_owned());
    }
}

#[derive(Default)]
struct Length(usize);

impl Format for Length {
    fn number(&mut self, value: u64) {
        self.text(&value.to_string());
    }
    fn text(&mut self, value: &str) {
        self.0 += value.len();
    }
}

fn main() {
    // Two types in one list, and two formats that none of them was compiled for.
    let item = Item { name: "mouse", quantity: 1 };
    let values: [&dyn Erased; 2] = [&item, &7u64];
    let (mut words, mut length) = (Words::default(), Length::default());
    for value in values {
        value.erased(&mut words);
        value.erased(&mut length);
    }
    println!("{}: {} bytes", words.0.join(" "), length.0);
    println!("through dyn:     {}", std::mem::take(&mut *TRANSLATED.lock().expect("one thread")).len());
    item.serialize(words);
    item.serialize(length);
    println!("called directly: {}", TRANSLATED.lock().expect("one thread").len());
}
