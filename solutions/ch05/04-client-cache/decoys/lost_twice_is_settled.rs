// mistake: the second time it is lost, there is nothing to settle any more
// killed by: nobody_is_taken_away_while_the_registry_is_away
// says: its next list begins the time anew
// region: lost
        self.unsettled = self.settles.take().is_some();
