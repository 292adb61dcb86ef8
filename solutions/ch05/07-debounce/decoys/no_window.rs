// mistake: publishes whatever comes
// killed by: what_comes_in_a_window_is_published_as_one
// says: Something was published that should wait
// region: poll
        self.waiting.take()
