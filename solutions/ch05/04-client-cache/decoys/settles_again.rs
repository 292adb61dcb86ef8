// mistake: settles each time it is asked after its time
// killed by: nobody_is_taken_away_by_a_registry_that_has_forgotten
// says: Nothing is left to settle
// region: settle
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        let _ = now;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() < before
