// mistake: a window that does not fit ends never
// killed by: a_window_may_have_any_length
// says: A driver is told to look at the wrong moment
// region: new
        Self { window: window.min(Duration::from_secs(60 * 60 * 24 * 365)), closed_until: None, waiting: None }
