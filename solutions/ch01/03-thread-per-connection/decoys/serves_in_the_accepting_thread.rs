// mistake: serves the caller in the thread that accepts; one silent caller stops everybody
// killed by: a_slow_caller_delays_nobody
// says: The thread that accepts stands inside `read`
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for stream in incoming.into_iter().flatten() {
        let Some(_place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let _ = serve_connection(stream, &*service);
    }
