// mistake: settles whenever it is asked
// killed by: nobody_is_taken_away_by_a_registry_that_has_forgotten
// says: It is not time yet
// region: settle
        if self.settles.is_none() {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() < before
