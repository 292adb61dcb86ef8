// mistake: calls again when the target has changed meanwhile
// killed by: a_target_can_be_replaced_while_it_runs
// says: is tempted to call twice
// region: switch
        loop {
            let target = Arc::clone(&self.lock());
            let result = target.invoke(invocation);
            if Arc::ptr_eq(&target, &self.lock()) {
                return result;
            }
        }
