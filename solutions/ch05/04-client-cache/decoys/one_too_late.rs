// mistake: settles one moment after its time
// killed by: nobody_is_taken_away_by_a_registry_that_has_forgotten
// says: Callers still see B, and should not
// region: settle
        if self.settles.is_none_or(|settles| now <= settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() < before
