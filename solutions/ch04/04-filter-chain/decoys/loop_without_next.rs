// mistake: asks each filter in a loop; none of them stands around another
// killed by: a_filter_that_does_not_go_on_ends_the_call
// says: A call went through a chain
// region: chain
        for filter in &self.filters {
            let pass = |_: &Invocation| Ok(Reply::ok(""));
            let reply = filter.call(invocation, &pass)?;
            if reply.status != Status::OK {
                let _ = self.end.invoke(invocation);
            }
        }
        self.end.invoke(invocation)
