// mistake: an expiry of one throws away what all others had
// killed by: an_expiry_leaves_the_others_alone
// says: The answer is about one lease
// region: gone
        item.lease = None;
        let wanted = item.wanted;
        self.items.retain(|other, _| *other == ticket && wanted);
        if let Some(item) = self.items.get_mut(&ticket) {
            item.due = Some(now);
        }
