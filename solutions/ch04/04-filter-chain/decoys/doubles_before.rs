// mistake: doubles the pause before the first one
// killed by: so_many_attempts_and_a_pause_between_them
// says: twice as long as the one before
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            pause = (pause * 2).min(Self::MAX_PAUSE);
            (self.sleep)(pause);
        }
        next.invoke(invocation)
