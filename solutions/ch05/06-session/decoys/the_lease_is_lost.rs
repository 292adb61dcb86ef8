// mistake: does not keep the lease of what is not wanted any more
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: what stands in the list is taken back
// region: registered
        let Some(item) = self.items.get_mut(&ticket) else { return };
        if !item.wanted {
            self.items.remove(&ticket);
            return;
        }
        item.lease = Some(lease);
        self.went_well(ticket, now);
