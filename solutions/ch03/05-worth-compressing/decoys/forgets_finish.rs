// mistake: takes the Vec out of the encoder before it has written the end
// killed by: what_goes_in_comes_out
// says: `flush` writes no end
// region: deflate
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.flush().expect("a Vec takes everything");
    encoder.get_ref().clone()
