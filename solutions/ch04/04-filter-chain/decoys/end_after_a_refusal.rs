// mistake: calls the end even if a filter has refused
// killed by: a_filter_that_does_not_go_on_ends_the_call
// says: what happened
// region: chain
        let result = Rest { filters: &self.filters, end: &*self.end }.invoke(invocation);
        match &result {
            Ok(reply) if reply.status != Status::OK => {
                let _ = self.end.invoke(invocation);
                result
            }
            _ => result,
        }
