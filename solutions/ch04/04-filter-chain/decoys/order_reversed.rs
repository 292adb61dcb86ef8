// mistake: takes the last filter for the outermost
// killed by: the_first_filter_sees_the_call_first_and_the_reply_last
// says: The other way round
// region: rest
        match self.filters.split_last() {
            Some((first, filters)) => first.call(invocation, &Rest { filters, end: self.end }),
            None => self.end.invoke(invocation),
        }
