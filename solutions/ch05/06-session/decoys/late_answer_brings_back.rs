// mistake: makes a new item for an answer that it does not know
// killed by: a_late_answer_brings_nothing_back
// says: Above all it brings nothing back
// region: registered
        let item = self.items.entry(ticket).or_insert(Item { lease: None, wanted: true, attempts: 0, due: None });
        item.lease = Some(lease);
        self.went_well(ticket, now);
