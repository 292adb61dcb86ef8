// mistake: lost before it had settled, it has forgotten only if somebody was missing
// killed by: lost_before_it_settled_though_nobody_was_missing
// says: and takes nobody away
// region: lost
        let missing = self.shown.values().any(|shown| shown.remembered);
        self.unsettled |= self.settles.take().is_some() && missing;
