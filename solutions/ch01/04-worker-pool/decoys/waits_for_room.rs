// mistake: `send` for `try_send`: a full pool stops the thread that accepts connections
// killed by: refuses_at_once_when_the_queue_is_full
// says: `send` waits for room
// region: try_submit
        let queue = self.queue.as_ref().expect("only drop takes the queue away");
        queue.send(item).map_err(|error| PoolFull(error.0))
