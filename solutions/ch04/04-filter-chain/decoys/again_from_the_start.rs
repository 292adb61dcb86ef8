// mistake: begins the whole chain again when a filter goes on a second time
// killed by: what_stands_behind_a_filter_can_be_called_again
// says: goes in circles
// region: chain
        struct Step<'a> {
            chain: &'a Chain,
            at: usize,
            done: std::sync::atomic::AtomicBool,
        }
        impl Invoker for Step<'_> {
            fn invoke(&self, invocation: &Invocation) -> Result<Reply, CallError> {
                let again = self.done.swap(true, std::sync::atomic::Ordering::SeqCst);
                let at = if again { 0 } else { self.at };
                let rest = Step { chain: self.chain, at: at + 1, done: again.into() };
                match self.chain.filters.get(at) {
                    Some(filter) if !again || at == 0 => filter.call(invocation, &rest),
                    _ => self.chain.end.invoke(invocation),
                }
            }
        }
        Step { chain: self, at: 0, done: false.into() }.invoke(invocation)
