// mistake: takes every error for one that never ran
// killed by: every_call_is_noted_however_it_ends
// says: of an error by its kind
// region: record
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: outcome(&result).map(|_| Outcome::NeverRan),
        };
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
