//! A name in a macro and the same name at its caller.

// ANCHOR: program
macro_rules! twice {
    ($value:expr) => {{
        let x = 10;
        $value + $value + x - x
    }};
}

macro_rules! named {
    ($name:ident) => {
        fn $name() -> &'static str {
            stringify!($name)
        }
    };
}

named!(get_order);

fn main() {
    let mut x = 0;
    let mut next = || {
        x += 1;
        x
    };
    println!("{}", twice!(next()));
    println!("{}", get_order());
}
// ANCHOR_END: program
