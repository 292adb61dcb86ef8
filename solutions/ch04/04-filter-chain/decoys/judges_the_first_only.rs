// mistake: decides by the first attempt whether there are others
// killed by: the_last_attempt_says_how_it_ended
// says: nothing may be repeated
// region: retry
        let mut pause = self.pause;
        let mut result = next.invoke(invocation);
        if worth_another(&result) {
            for _ in 1..self.attempts {
                if outcome(&result).is_none() {
                    break;
                }
                (self.sleep)(pause);
                pause = (pause * 2).min(Self::MAX_PAUSE);
                result = next.invoke(invocation);
            }
        }
        result
