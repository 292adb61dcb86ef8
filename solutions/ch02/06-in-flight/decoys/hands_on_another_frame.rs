// mistake: makes a new frame of what it takes for the important fields
// killed by: replies_find_their_callers_in_any_order
// says: handed on as it came
// region: deliver
        match self.waiting.remove(&frame.request_id) {
            Some(waiter) => Delivery::Delivered(waiter, Frame::response(frame.request_id, frame.status, frame.body)),
            None => {
                self.late += 1;
                Delivery::Nobody
            }
        }
