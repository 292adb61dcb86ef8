// mistake: counts up, then looks; who is refused has taken a place that nobody gives back
// killed by: a_refusal_takes_no_place
// says: A refusal has taken a place
// region: take
        if open.fetch_add(1, SeqCst) >= max {
            return None;
        }
        Some(Self { open: Arc::clone(open) })
