// mistake: a window of nothing becomes a millisecond
// killed by: a_window_may_have_any_length
// says: everything passes
// region: new
        let window = window.clamp(Duration::from_millis(1), MAX_WINDOW);
        Self { window, closed_until: None, waiting: None }
