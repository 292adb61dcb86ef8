// mistake: `>` for `>=`: one more than the limit gets in
// killed by: the_one_above_the_limit_is_refused_at_once
// says: lets in one too many
// region: take
        if open.load(SeqCst) > max {
            return None;
        }
        open.fetch_add(1, SeqCst);
        Some(Self { open: Arc::clone(open) })
