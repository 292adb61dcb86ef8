// mistake: makes a reply of it when there is none
// killed by: how_a_call_ends_its_target_says
// says: Pass it on
// region: switch
        let target = Arc::clone(&self.lock());
        target.invoke(invocation).or_else(|_| Ok(Reply::new(Status::INTERNAL, "no reply")))
