// mistake: a thread for whoever comes; a stranger decides how many
// killed by: the_one_above_the_limit_is_refused_at_once
// says: a stranger decides how many threads you start
// region: serve_incoming
    for stream in incoming.into_iter().flatten() {
        let service = Arc::clone(&service);
        thread::spawn(move || {
            let _ = serve_connection(stream, &*service);
        });
    }
