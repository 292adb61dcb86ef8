// mistake: tries again at once
// killed by: so_many_attempts_and_a_pause_between_them
// says: Who calls again at once
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
