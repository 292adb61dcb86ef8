// mistake: `let _ = place;` binds nothing: the place is given back before the connection is served
// killed by: the_one_above_the_limit_is_refused_at_once
// says: `let _ = place;` does not keep it
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for accepted in incoming {
        let Ok(stream) = accepted else {
            thread::sleep(REST);
            continue;
        };
        let Some(place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let service = Arc::clone(&service);
        let spawned = thread::Builder::new().spawn(move || {
            let _ = place;
            // A connection that fails is its peer's misfortune; nobody is left to tell.
            let _ = serve_connection(stream, &*service);
        });
        // No thread to be had: stream and place went with the closure, so the peer sees a close.
        if spawned.is_err() {
            thread::sleep(REST);
        }
    }
