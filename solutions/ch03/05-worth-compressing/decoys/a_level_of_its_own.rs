// mistake: compresses with the library's default level
// killed by: the_level_is_what_the_caller_says
// says: the level that the caller has chosen
// region: deflate
    let _ = level;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
