// mistake: takes one dead lease for the end of all
// killed by: an_expiry_leaves_the_others_alone
// says: The answer is about one lease
// region: gone
        match item.wanted {
            true => {
                for item in self.items.values_mut() {
                    item.lease = None;
                    item.due = Some(now);
                }
            }
            false => _ = self.items.remove(&ticket),
        }
