// mistake: takes the first filter without asking whether there is one
// killed by: a_chain_may_have_one_filter_or_none
// says: The list of filters may be empty
// region: rest
        let (first, filters) = (&self.filters[0], &self.filters[1..]);
        match filters.is_empty() {
            true => first.call(invocation, self.end),
            false => first.call(invocation, &Rest { filters, end: self.end }),
        }
