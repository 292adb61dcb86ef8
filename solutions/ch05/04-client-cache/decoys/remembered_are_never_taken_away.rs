// mistake: who is only remembered stays for ever
// killed by: nobody_is_taken_away_by_a_registry_that_has_forgotten
// says: must not be called for ever
// region: settle
        if self.settles.is_some_and(|settles| settles <= now) {
            self.settles = None;
        }
        false
