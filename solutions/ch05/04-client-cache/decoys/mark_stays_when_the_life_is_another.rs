// mistake: the mark that it was lost too early is only taken off when nothing else says that it has forgotten
// killed by: nobody_is_taken_away_while_the_registry_is_away
// says: This one is like any other
// region: listing
        let last = self.incarnation.replace(listing.incarnation);
        let another = last.is_some_and(|last| last != listing.incarnation);
        let forgot = another || std::mem::take(&mut self.unsettled);
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
        for (address, old) in gone {
            if old.remembered || forgot {
                self.shown.insert(address, Shown { remembered: true, ..old });
            } else {
                changed = true;
            }
        }
        changed
