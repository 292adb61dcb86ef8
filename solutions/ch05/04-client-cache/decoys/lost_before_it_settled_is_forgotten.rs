// mistake: when it was lost before it had settled, its next list is believed
// killed by: nobody_is_taken_away_while_the_registry_is_away
// says: its next list begins the time anew
// region: lost
        self.settles = None;
