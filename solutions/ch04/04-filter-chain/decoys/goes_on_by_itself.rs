// mistake: goes on behind each filter, whether it wants to or not
// killed by: what_stands_behind_a_filter_can_be_called_again
// says: The call goes on by itself
// region: rest
        match self.filters.split_first() {
            Some((first, filters)) => {
                let rest = Rest { filters, end: self.end };
                first.call(invocation, &rest)?;
                rest.invoke(invocation)
            },
            None => self.end.invoke(invocation),
        }
