// mistake: lets nobody in after a goaway
// killed by: going_away_takes_what_never_ran
// says: does not close the table
// region: going_away
        self.capacity = 0;
        let never_ran = match last.checked_add(1) {
            Some(next) => self.waiting.split_off(&next),
            None => BTreeMap::new(),
        };
        never_ran.into_iter().collect()
