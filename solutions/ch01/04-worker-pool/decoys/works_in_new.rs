// mistake: calls `work` instead of spawning it: the one who makes the pool becomes its worker
// killed by: every_item_is_handled_once
// says: Does `new` call `work` itself?
// region: new
        let (sender, receiver) = sync_channel(queue);
        let receiver = Mutex::new(receiver);
        let pool = Self { queue: Some(sender), workers: Vec::new() };
        for _ in 0..workers {
            work(&receiver, &handler);
        }
        Ok(pool)
