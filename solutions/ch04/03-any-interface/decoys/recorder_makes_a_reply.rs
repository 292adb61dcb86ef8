// mistake: gives back a reply when there was none
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
        let mut entries = self.lock();
        entries.push_back(entry);
        if entries.len() > self.capacity {
            entries.pop_front();
        }
        Ok(result.unwrap_or_else(|error| Reply::new(Status::INTERNAL, error.to_string())))
