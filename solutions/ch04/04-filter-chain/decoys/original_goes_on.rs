// mistake: gives each filter the call that the chain was given
// killed by: what_a_filter_passes_on_is_what_the_next_one_sees
// says: A filter may change the call
// region: chain
        struct Step<'a>(&'a Chain, usize, &'a Invocation);
        impl Invoker for Step<'_> {
            fn invoke(&self, _: &Invocation) -> Result<Reply, CallError> {
                match self.0.filters.get(self.1) {
                    Some(filter) => filter.call(self.2, &Step(self.0, self.1 + 1, self.2)),
                    None => self.0.end.invoke(self.2),
                }
            }
        }
        Step(self, 0, invocation).invoke(invocation)
