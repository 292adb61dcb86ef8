// mistake: does not call the filters
// killed by: the_first_filter_sees_the_call_first_and_the_reply_last
// says: what happened
// region: chain
        self.end.invoke(invocation)
