// mistake: takes every reply for a good end
// killed by: every_call_is_noted_however_it_ends
// says: of a reply by its status
// region: record
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: result.as_ref().err().map(CallError::outcome),
        };
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
