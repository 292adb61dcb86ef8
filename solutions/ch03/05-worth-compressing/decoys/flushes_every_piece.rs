// mistake: flushes after every piece, as one does with a socket
// killed by: the_level_is_what_the_caller_says
// says: each `flush` on the way costs bytes
// region: deflate
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
    for piece in body.chunks(1024) {
        encoder.write_all(piece).expect("a Vec takes everything");
        encoder.flush().expect("a Vec takes everything");
    }
    encoder.finish().expect("a Vec takes everything")
