// mistake: makes no bytes of no bytes, though deflate has an end to write
// killed by: what_goes_in_comes_out
// says: no bytes at all
// region: deflate
    if body.is_empty() {
        return Vec::new();
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
