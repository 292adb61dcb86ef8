// mistake: holds a lock while a call is in the chain
// killed by: a_call_within_a_call_begins_with_the_first_filter
// says: A chain holds nothing while a call runs
// region: chain
        static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _one = ONE.lock();
        Rest { filters: &self.filters, end: &*self.end }.invoke(invocation)
