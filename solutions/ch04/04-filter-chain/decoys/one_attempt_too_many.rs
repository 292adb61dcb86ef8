// mistake: does not count the first attempt
// killed by: so_many_attempts_and_a_pause_between_them
// says: The first attempt counts
// region: retry
        let mut pause = self.pause;
        for _ in 0..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
