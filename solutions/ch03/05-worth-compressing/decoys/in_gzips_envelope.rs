// mistake: writes gzip: a head of ten bytes, and eight at the end
// killed by: what_goes_in_comes_out
// says: 1f 8b is the head of gzip
// region: deflate
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
