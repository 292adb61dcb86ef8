// mistake: counts before it looks, and a refusal gives back a place that it never had
// killed by: a_refusal_frees_no_place
// says: A refusal has given back a place
// region: take
        let taken = open.load(SeqCst);
        let place = Self { open: Arc::clone(open) };
        if taken >= max {
            return None; // `place` is dropped here, uncounted
        }
        open.fetch_add(1, SeqCst);
        Some(place)
