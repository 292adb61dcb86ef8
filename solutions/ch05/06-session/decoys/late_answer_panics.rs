// mistake: is sure that every answer is about somebody
// killed by: a_late_answer_brings_nothing_back
// says: Your agenda panicked
// region: registered
        self.items.get_mut(&ticket).unwrap().lease = Some(lease);
        self.went_well(ticket, now);
