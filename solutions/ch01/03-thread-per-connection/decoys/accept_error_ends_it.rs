// mistake: unwraps what `accept` brings; one caller who gives up in the queue ends the server
// killed by: a_failing_accept_does_not_end_the_server
// says: never the same again
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for accepted in incoming {
        let stream = accepted.expect("accept works");
        let Some(place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let service = Arc::clone(&service);
        thread::spawn(move || {
            let _place = place;
            let _ = serve_connection(stream, &*service);
        });
    }
