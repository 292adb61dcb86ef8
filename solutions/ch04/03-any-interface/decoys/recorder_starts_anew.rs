// mistake: throws all entries away when it is full
// killed by: the_last_calls_are_kept_and_no_more
// says: There was room for one more
// region: record
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: outcome(&result),
        };
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.clear();
        }
        result
