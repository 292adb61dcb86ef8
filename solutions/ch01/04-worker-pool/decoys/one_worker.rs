// mistake: starts one thread, whatever `workers` says
// killed by: three_workers_handle_three_items_at_once
// says: work one after the other
// region: new
        let (sender, receiver) = sync_channel(queue);
        let receiver = Mutex::new(receiver);
        let worker = thread::Builder::new().spawn(move || work(&receiver, &handler))?;
        Ok(Self { queue: Some(sender), workers: vec![worker] })
