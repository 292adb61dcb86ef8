// mistake: calls `write` and does not look how much it took
// killed by: what_goes_in_comes_out
// says: `write` may take a part only
// region: deflate
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    let _ = encoder.write(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
