// mistake: gives the place back on a line that a panic never reaches
// killed by: a_panic_gives_its_place_back
// says: costs a place, for ever
// region: serve_incoming
    let open = Arc::new(AtomicUsize::new(0));
    for accepted in incoming {
        let Ok(stream) = accepted else { continue };
        if open.load(SeqCst) >= max_connections {
            refuse(stream);
            continue;
        }
        open.fetch_add(1, SeqCst);
        let (service, open) = (Arc::clone(&service), Arc::clone(&open));
        thread::spawn(move || {
            let _ = serve_connection(stream, &*service);
            open.fetch_sub(1, SeqCst);
        });
    }
