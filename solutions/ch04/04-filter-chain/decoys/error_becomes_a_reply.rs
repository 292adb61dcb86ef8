// mistake: makes a reply of an error
// killed by: a_chain_may_have_one_filter_or_none
// says: as it is: a reply, or an error
// region: chain
        Rest { filters: &self.filters, end: &*self.end }.invoke(invocation)
            .or_else(|error| Ok(Reply::new(Status::INTERNAL, error.to_string())))
