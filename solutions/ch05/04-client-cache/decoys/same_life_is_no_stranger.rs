// mistake: back in the same life and without a word, it has settled in no time
// killed by: lost_before_it_settled_and_back_without_a_word
// says: within STRANGER
// region: listing
        let last = self.incarnation.replace(listing.incarnation);
        let unsettled = std::mem::take(&mut self.unsettled);
        let forgot = unsettled || last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let mut gone = std::mem::take(&mut self.shown);
        for (address, entry) in newest(&listing.entries) {
            let old = gone.remove(&address).filter(|old| old.id == entry.id);
            changed |= old.as_ref().is_none_or(|old| old.provider.endpoint != entry.endpoint);
            let since = old.map_or_else(|| birth(entry, now), |old| old.provider.since);
            let provider = Provider { endpoint: Arc::clone(&entry.endpoint), since };
            self.shown.insert(address, Shown { id: Arc::clone(&entry.id), provider, remembered: false });
        }
        if forgot {
            let settles_in = if listing.settles_in.is_zero() && !unsettled { STRANGER } else { listing.settles_in };
            self.settles = Some(now + settles_in.min(MAX_SETTLE));
        }
        for (address, old) in gone {
            if old.remembered || forgot {
                self.shown.insert(address, Shown { remembered: true, ..old });
            } else {
                changed = true;
            }
        }
        changed
