// mistake: calls the new target when the old one fails
// killed by: how_a_call_ends_its_target_says
// says: A switch tries nothing again
// region: switch
        let target = Arc::clone(&self.lock());
        target.invoke(invocation).or_else(|error| {
            let now = Arc::clone(&self.lock());
            if Arc::ptr_eq(&now, &target) { Err(error) } else { now.invoke(invocation) }
        })
