// mistake: lets a percent sign pass that is not followed by digits
// killed by: a_percent_sign_needs_two_digits
// says: and nothing else: no sign, no blank
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        let digits = rest.get(..2).and_then(|two| Some(digit(two[0])? * 16 + digit(two[1])?));
        bytes.push(match (byte, digits) {
            (b'+', _) => b' ',
            (b'%', Some(decoded)) => {
                rest = &rest[2..];
                decoded
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
