// mistake: shows nobody while the registry is away
// killed by: nobody_is_taken_away_while_the_registry_is_away
// says: Callers do not see A, and should
// region: lost
        self.unsettled |= self.settles.take().is_some();
        self.shown.clear();
