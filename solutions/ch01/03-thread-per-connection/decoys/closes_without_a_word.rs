// mistake: drops the connection that is too many; its caller cannot tell a full server from a broken one
// killed by: the_one_above_the_limit_is_refused_at_once
// says: closes without a word
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for stream in incoming.into_iter().flatten() {
        let Some(place) = Place::take(&open, max_connections) else { continue };
        let service = Arc::clone(&service);
        thread::spawn(move || {
            let _place = place;
            let _ = serve_connection(stream, &*service);
        });
    }
