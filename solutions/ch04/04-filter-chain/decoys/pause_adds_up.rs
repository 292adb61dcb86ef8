// mistake: adds the first pause each time instead of doubling
// killed by: so_many_attempts_and_a_pause_between_them
// says: twice as long as the one before
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = (pause + self.pause).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
