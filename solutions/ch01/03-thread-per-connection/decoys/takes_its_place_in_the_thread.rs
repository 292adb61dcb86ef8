// mistake: starts a thread for whoever comes and lets it look for a place: threads without bound, and a race
// killed by: a_refusal_costs_no_thread_and_no_rest
// says: Take the place before you start the thread
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for accepted in incoming {
        let Ok(stream) = accepted else {
            thread::sleep(REST);
            continue;
        };
        let (service, open) = (Arc::clone(&service), Arc::clone(&open));
        thread::spawn(move || {
            let Some(_place) = Place::take(&open, max_connections) else {
                refuse(stream);
                return;
            };
            let _ = serve_connection(stream, &*service);
        });
    }
