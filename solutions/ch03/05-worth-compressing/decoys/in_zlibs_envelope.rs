// mistake: writes zlib: a head of two bytes, and a checksum
// killed by: what_goes_in_comes_out
// says: 78 is the head of zlib
// region: deflate
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
