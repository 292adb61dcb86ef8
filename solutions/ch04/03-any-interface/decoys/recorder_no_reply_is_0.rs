// mistake: notes 0 bytes when there was no reply
// killed by: every_call_is_noted_however_it_ends
// says: without a reply there are none
// region: record
        let result = self.next.invoke(invocation);
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: Some(result.as_ref().map_or(0, |reply| reply.body.len())),
            outcome: outcome(&result),
        };
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
