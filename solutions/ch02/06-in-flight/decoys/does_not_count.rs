// mistake: drops a late reply without counting it
// killed by: a_reply_to_nobody_is_no_failure
// says: counts the replies that nobody waited for
// region: deliver
        match self.waiting.remove(&frame.request_id) {
            Some(waiter) => Delivery::Delivered(waiter, frame),
            None => {
                Delivery::Nobody
            }
        }
