// mistake: tries again without what the caller has put on it
// killed by: a_retry_repeats_the_call_as_it_came
// says: Each attempt is the same call
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            let again = Invocation::new(
                invocation.service().clone(),
                invocation.method().to_owned(),
                invocation.arguments.clone(),
            );
            if let Ok(again) = again {
                return next.invoke(&again);
            }
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
