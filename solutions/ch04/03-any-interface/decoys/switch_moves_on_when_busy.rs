// mistake: calls the target of the moment again when the old one is busy
// killed by: how_a_call_ends_its_target_says
// says: A switch tries nothing again
// region: switch
        let target = Arc::clone(&self.lock());
        let result = target.invoke(invocation);
        if result.as_ref().is_ok_and(|reply| reply.status == Status::BUSY) {
            let now = Arc::clone(&self.lock());
            return now.invoke(invocation);
        }
        result
