// mistake: gives each filter itself to go on with
// killed by: a_retry_repeats_the_call_as_it_came
// says: goes in circles
// region: rest
        match self.filters.split_first() {
            Some((first, _)) => first.call(invocation, &Rest { filters: self.filters, end: self.end }),
            None => self.end.invoke(invocation),
        }
