// mistake: holds its lock while the call runs
// killed by: a_call_within_a_call_passes_the_recorder
// says: waits for itself
// region: record
        let mut entries = self.lock();
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: outcome(&result),
        };
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
