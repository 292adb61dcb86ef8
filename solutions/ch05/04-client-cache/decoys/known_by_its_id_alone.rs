// mistake: knows a registration by its id, at whatever address
// killed by: another_registration_is_another_life
// says: That is another registration
// region: listing
        let last = self.incarnation.replace(listing.incarnation);
        let unsettled = std::mem::take(&mut self.unsettled);
        let forgot = unsettled || last.is_some_and(|last| last != listing.incarnation);
        let mut changed = last.is_none();
        let known: BTreeMap<Arc<str>, Instant> =
            self.shown.values().map(|shown| (Arc::clone(&shown.id), shown.provider.since)).collect();
        let mut gone = std::mem::take(&mut self.shown);
        for (address, entry) in newest(&listing.entries) {
            let old = gone.remove(&address).filter(|old| old.id == entry.id);
            changed |= old.as_ref().is_none_or(|old| old.provider.endpoint != entry.endpoint);
            let since = known.get(&entry.id).copied().unwrap_or_else(|| birth(entry, now));
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
