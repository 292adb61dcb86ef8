// mistake: waits until a place is free instead of refusing; callers queue up where nobody sees them
// killed by: the_one_above_the_limit_is_refused_at_once
// says: lets the caller wait for a place
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for stream in incoming.into_iter().flatten() {
        let place = loop {
            match Place::take(&open, max_connections) {
                Some(place) => break place,
                None => thread::sleep(REST),
            }
        };
        let service = Arc::clone(&service);
        thread::spawn(move || {
            let _place = place;
            let _ = serve_connection(stream, &*service);
        });
    }
