// mistake: pauses after the last attempt, too
// killed by: so_many_attempts_and_a_pause_between_them
// says: there is nothing to wait for
// region: retry
        let mut pause = self.pause;
        let mut result = next.invoke(invocation);
        for attempt in 1..=self.attempts {
            if !worth_another(&result) {
                break;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
            if attempt < self.attempts {
                result = next.invoke(invocation);
            }
        }
        result
