// mistake: takes `queue` for everything that is in the pool, the items being handled included
// killed by: refuses_at_once_when_the_queue_is_full
// says: There was room
// region: new
        let (sender, receiver) = sync_channel(queue.saturating_sub(workers));
        let receiver = Arc::new(Mutex::new(receiver));
        let handler = Arc::new(handler);
        let mut pool = Self { queue: Some(sender), workers: Vec::with_capacity(workers) };
        for _ in 0..workers {
            let (receiver, handler) = (Arc::clone(&receiver), Arc::clone(&handler));
            pool.workers.push(thread::Builder::new().spawn(move || work(&receiver, &*handler))?);
        }
        Ok(pool)
