// mistake: counts the filters in a counter that all calls share
// killed by: every_call_begins_with_the_first_filter
// says: Somebody remembers how far the call has come
// region: chain
        struct Step<'a> {
            chain: &'a Chain,
            at: &'a std::sync::atomic::AtomicUsize,
        }
        impl Invoker for Step<'_> {
            fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
                match self.chain.filters.get(self.at.fetch_add(1, std::sync::atomic::Ordering::SeqCst)) {
                    Some(filter) => filter.call(invocation, self),
                    None => self.chain.end.invoke(invocation),
                }
            }
        }
        static AT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        Step { chain: self, at: &AT }.invoke(invocation)
