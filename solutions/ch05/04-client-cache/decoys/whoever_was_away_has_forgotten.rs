// mistake: after every absence the registry is taken for one that has forgotten
// killed by: a_settled_registry_that_was_away_is_believed
// says: There was nothing to settle when it was lost
// region: lost
        self.settles = None;
        self.unsettled = true;
