// mistake: calls each filter with the end, one after the other
// killed by: the_first_filter_sees_the_call_first_and_the_reply_last
// says: The end was called more than once
// region: chain
        let mut result = self.end.invoke(invocation);
        for filter in &self.filters {
            result = filter.call(invocation, &*self.end);
        }
        result
