// mistake: puts a lock around the service; many threads, one call at a time
// killed by: two_calls_run_at_once
// says: still run one after the other
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    let locked = Arc::new(std::sync::Mutex::new(service));
    for stream in incoming.into_iter().flatten() {
        let Some(place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let locked = Arc::clone(&locked);
        thread::spawn(move || {
            let _place = place;
            let service = |request: &[u8]| locked.lock().expect("no call panics").call(request);
            let _ = serve_connection(stream, &service);
        });
    }
