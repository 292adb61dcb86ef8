// mistake: tells those who will be answered, and keeps the others
// killed by: going_away_takes_what_never_ran
// says: never ran, so they
// region: going_away
        let never_ran = match last.checked_add(1) {
            Some(next) => {
                let above = self.waiting.split_off(&next);
                std::mem::replace(&mut self.waiting, above)
            }
            None => BTreeMap::new(),
        };
        never_ran.into_iter().collect()
