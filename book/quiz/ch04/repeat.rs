//! What `macro_rules!` can do with a list: the same code once for each element.

// ANCHOR: macro
macro_rules! record {
    ($name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        struct $name {
            $($field: $type),*
        }

        impl $name {
            const FIELDS: &'static [(&'static str, &'static str)] =
                &[$((stringify!($field), stringify!($type))),*];
        }
    };
}

record!(Line { item: String, quantity: u32 });
// ANCHOR_END: macro

fn main() {
    let line = Line { item: "mouse".into(), quantity: 1 };
    println!("{} {}: {:?}", line.quantity, line.item, Line::FIELDS);
}
