// mistake: calls the first filter, and behind it the end
// killed by: the_first_filter_sees_the_call_first_and_the_reply_last
// says: Each filter is called with what stands behind it
// region: rest
        match self.filters.split_first() {
            Some((first, filters)) => first.call(invocation, { let _ = filters; self.end }),
            None => self.end.invoke(invocation),
        }
