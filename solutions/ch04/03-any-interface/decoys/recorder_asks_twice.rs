// mistake: asks again for the reply that it notes
// killed by: every_call_is_noted_however_it_ends
// says: must not be able to tell
// region: record
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: outcome(&result),
        };
        let _ = self.next.invoke(invocation);
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
