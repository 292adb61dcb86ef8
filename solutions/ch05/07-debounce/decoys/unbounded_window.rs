// mistake: takes any window, and adds it
// killed by: a_window_may_have_any_length
// says: has no room when the window is `Duration::MAX`
// region: new
        Self { window, closed_until: None, waiting: None }
