// mistake: takes them away and says nothing
// killed by: nobody_is_taken_away_by_a_registry_that_has_forgotten
// says: Callers see something new, and are not told so
// region: settle
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, shown| !shown.remembered);
        self.shown.len() > before
