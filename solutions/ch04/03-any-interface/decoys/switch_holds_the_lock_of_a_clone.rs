// mistake: clones the target in the statement that calls it
// killed by: a_target_can_be_replaced_while_it_runs
// says: waits for itself
// region: switch
        self.lock().clone().invoke(invocation)
