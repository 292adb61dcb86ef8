// mistake: hands a reply to whoever has waited longest
// killed by: replies_find_their_callers_in_any_order
// says: The order in which replies come says nothing
// region: deliver
        match self.waiting.pop_first().map(|(_, waiter)| waiter) {
            Some(waiter) => Delivery::Delivered(waiter, frame),
            None => {
                self.late += 1;
                Delivery::Nobody
            }
        }
