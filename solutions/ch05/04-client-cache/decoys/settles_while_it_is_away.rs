// mistake: the moment to settle comes while the registry is away
// killed by: nobody_is_taken_away_while_the_registry_is_away
// says: would be asked at the wrong time
// region: lost
        self.unsettled = false;
