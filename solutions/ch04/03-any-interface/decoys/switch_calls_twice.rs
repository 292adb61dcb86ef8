// mistake: calls the target twice
// killed by: calls_go_to_the_target_of_the_moment
// says: a is called once
// region: switch
        let target = Arc::clone(&self.lock());
        target.invoke(invocation)?;
        target.invoke(invocation)
