// mistake: of two entries of one address the older one is shown
// killed by: of_two_registrations_of_an_address_the_newest_is_shown
// says: The one that was registered last, with the larger order
// region: listing
        let last = self.incarnation.replace(listing.incarnation);
        let unsettled = std::mem::take(&mut self.unsettled);
        let forgot = unsettled || last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let mut gone = std::mem::take(&mut self.shown);
        let mut entries: Vec<&Entry> = listing.entries.iter().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.order));
        let _ = newest;
        let oldest: BTreeMap<_, _> = entries.into_iter().map(|entry| (entry.endpoint.address(), entry)).collect();
        for (address, entry) in oldest {
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
