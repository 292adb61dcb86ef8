// mistake: passes a new call on, without what the caller accepts
// killed by: every_call_is_noted_however_it_ends
// says: next gets ["another call"]
// region: record
        let copy = Invocation::new(invocation.service().clone(), invocation.method().to_owned(), invocation.arguments.clone());
        let result = self.next.invoke(copy.as_ref().unwrap_or(invocation));
        let entry = Entry {
            call: format!("{}.{}", invocation.service(), invocation.method()),
            sent: invocation.arguments.bytes.len(),
            received: result.as_ref().ok().map(|reply| reply.body.len()),
            outcome: outcome(&result),
        };
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        result
