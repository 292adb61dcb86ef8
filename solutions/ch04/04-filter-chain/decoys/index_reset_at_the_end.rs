// mistake: shares a counter, and sets it back when a call has ended
// killed by: a_call_within_a_call_begins_with_the_first_filter
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
        std::thread_local! {
            static AT: std::sync::atomic::AtomicUsize = const { std::sync::atomic::AtomicUsize::new(0) };
        }
        AT.with(|at| {
            let result = Step { chain: self, at }.invoke(invocation);
            at.store(0, std::sync::atomic::Ordering::SeqCst);
            result
        })
