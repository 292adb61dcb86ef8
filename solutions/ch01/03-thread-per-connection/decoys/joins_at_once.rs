// mistake: spawns a thread and waits for it on the next line, which is no thread at all
// killed by: a_slow_caller_delays_nobody
// says: stops the whole server
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for stream in incoming.into_iter().flatten() {
        let Some(place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let service = Arc::clone(&service);
        let thread = thread::spawn(move || {
            let _place = place;
            let _ = serve_connection(stream, &*service);
        });
        let _ = thread.join();
    }
