// mistake: wraps the end in filter after filter, from the first to the last
// killed by: the_first_filter_sees_the_call_first_and_the_reply_last
// says: the first filter of the list is the outermost
// region: chain
        struct Around<'a>(&'a dyn Filter, &'a dyn Invoker);
        impl Invoker for Around<'_> {
            fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
                self.0.call(invocation, self.1)
            }
        }
        fn wrap(filters: &[Arc<dyn Filter>], inner: &dyn Invoker, invocation: &Invocation) -> Result<Reply, CallError> {
            match filters.split_first() {
                Some((first, filters)) => wrap(filters, &Around(&**first, inner), invocation),
                None => inner.invoke(invocation),
            }
        }
        wrap(&self.filters, &*self.end, invocation)
