// mistake: a queue that is as good as endless, because a refusal looks like an error
// killed by: refuses_at_once_when_the_queue_is_full
// says: hides that you are too slow
// region: new
        let (sender, receiver) = sync_channel(queue.max(100_000));
        let receiver = Arc::new(Mutex::new(receiver));
        let handler = Arc::new(handler);
        let mut pool = Self { queue: Some(sender), workers: Vec::with_capacity(workers) };
        for _ in 0..workers {
            let (receiver, handler) = (Arc::clone(&receiver), Arc::clone(&handler));
            pool.workers.push(thread::Builder::new().spawn(move || work(&receiver, &*handler))?);
        }
        Ok(pool)
