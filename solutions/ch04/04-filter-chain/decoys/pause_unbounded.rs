// mistake: doubles for ever
// killed by: so_many_attempts_and_a_pause_between_them
// says: none is longer than `MAX_PAUSE`
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = pause.saturating_mul(2);
        }
        next.invoke(invocation)
