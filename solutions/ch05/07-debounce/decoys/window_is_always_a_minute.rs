// mistake: takes the bound for the window
// killed by: what_comes_in_a_window_is_published_as_one
// says: Nothing was published, and it was time
// region: new
        Self { window: window.max(MAX_WINDOW), closed_until: None, waiting: None }
