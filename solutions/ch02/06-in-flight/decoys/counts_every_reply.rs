// mistake: counts replies that are not late as well
// killed by: replies_find_their_callers_in_any_order
// says: counts the replies that nobody waited for
// region: deliver
        self.late += 1;
        match self.waiting.remove(&frame.request_id) {
            Some(waiter) => Delivery::Delivered(waiter, frame),
            None => {
                Delivery::Nobody
            }
        }
