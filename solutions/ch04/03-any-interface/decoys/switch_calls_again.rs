// mistake: calls the same target again when there is no reply
// killed by: how_a_call_ends_its_target_says
// says: A switch tries nothing again
// region: switch
        let target = Arc::clone(&self.lock());
        target.invoke(invocation).or_else(|_| target.invoke(invocation))
