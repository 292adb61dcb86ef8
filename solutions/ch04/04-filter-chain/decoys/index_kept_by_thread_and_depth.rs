// mistake: shares a counter between threads, and puts it back as it was
// killed by: two_calls_at_once_pass_all_filters_each
// says: by one at the same time
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
        let before = AT.swap(0, std::sync::atomic::Ordering::SeqCst);
        let result = Step { chain: self, at: &AT }.invoke(invocation);
        AT.store(before, std::sync::atomic::Ordering::SeqCst);
        result
