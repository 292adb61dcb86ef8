// mistake: only end takes the provider out
// killed by: dropping_takes_the_provider_out
// says: that is the end of the registration
// region: drop
        let _ = self.armed;
