// mistake: panics when nobody waits for the reply
// killed by: a_reply_to_nobody_is_no_failure
// says: Your table panicked
// region: deliver
        let waiter = self.waiting.remove(&frame.request_id).expect("a reply to a request");
        Delivery::Delivered(waiter, frame)
