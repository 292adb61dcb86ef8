// mistake: takes a registration that came through for wanted
// killed by: who_is_being_worked_on_is_taken_back_afterwards
// says: It is time to deregister A
// region: registered
        let Some(item) = self.items.get_mut(&ticket) else { return };
        item.lease = Some(lease);
        item.wanted = true;
        self.went_well(ticket, now);
