// mistake: calls through the guard, which holds the lock to the end
// killed by: a_target_can_be_replaced_while_it_runs
// says: A guard lives to the end of its statement
// region: switch
        self.lock().invoke(invocation)
