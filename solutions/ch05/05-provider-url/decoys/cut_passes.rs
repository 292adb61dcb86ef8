// mistake: lets a percent sign without digits pass
// killed by: a_percent_sign_needs_two_digits
// says: A text that nobody can have written was decoded
// region: decode
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        bytes.push(match (byte, rest) {
            (b'+', _) => b' ',
            (b'%', [high, low, behind @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = behind;
                    high * 16 + low
                }
                _ => return Err(BAD_PERCENT),
            },
            _ => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| NOT_UTF8)
