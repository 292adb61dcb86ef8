// mistake: takes each byte that was encoded for a text of its own
// killed by: digits_may_be_large_or_small
// says: A good text was refused
// region: decode
    let mut decoded = String::new();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        let mut next_digit =
            || rest.next().and_then(|char| u8::try_from(char).ok()).and_then(digit).ok_or(BAD_PERCENT);
        match char {
            '+' => decoded.push(' '),
            '%' => {
                let byte = [next_digit()? * 16 + next_digit()?];
                decoded += std::str::from_utf8(&byte).map_err(|_| NOT_UTF8)?;
            }
            _ => decoded.push(char),
        }
    }
    Ok(decoded)
