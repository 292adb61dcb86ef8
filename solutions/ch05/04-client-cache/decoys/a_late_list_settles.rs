// mistake: a list that comes after the moment ends the settling
// killed by: a_list_after_the_moment_does_not_end_it
// says: That is for `settle` alone
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
            let settles_in = if listing.settles_in.is_zero() { STRANGER } else { listing.settles_in };
            self.settles = Some(now + settles_in.min(MAX_SETTLE));
        }
        let over = self.settles.take_if(|settles| *settles <= now).is_some();
        for (address, old) in gone {
            if (old.remembered && !over) || forgot {
                self.shown.insert(address, Shown { remembered: true, ..old });
            } else {
                changed = true;
            }
        }
        changed
