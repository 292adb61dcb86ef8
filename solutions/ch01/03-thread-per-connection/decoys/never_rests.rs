// mistake: goes on at once when `accept` fails: out of file handles it burns a core
// killed by: it_rests_when_accept_fails
// says: asked again at once
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for accepted in incoming {
        let Ok(stream) = accepted else { continue };
        let Some(place) = Place::take(&open, max_connections) else {
            refuse(stream);
            continue;
        };
        let service = Arc::clone(&service);
        let spawned = thread::Builder::new().spawn(move || {
            let _place = place; // given back when the thread ends, even by a panic
            // A connection that fails is its peer's misfortune; nobody is left to tell.
            let _ = serve_connection(stream, &*service);
        });
        // No thread to be had: stream and place went with the closure, so the peer sees a close.
        if spawned.is_err() {
            thread::sleep(REST);
        }
    }
