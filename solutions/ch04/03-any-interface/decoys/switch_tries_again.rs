// mistake: calls again when there is no reply
// killed by: calls_go_to_the_target_of_the_moment
// says: Pass it on
// region: switch
        let target = Arc::clone(&self.lock());
        target.invoke(invocation).or_else(|_| Ok(Reply::new(Status::INTERNAL, "no reply")))
