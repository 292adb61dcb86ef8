// mistake: gives what the first attempt said, unless a later one went well
// killed by: the_last_attempt_says_how_it_ended
// says: the caller must hear of it
// region: retry
        let mut pause = self.pause;
        let mut first = next.invoke(invocation);
        let mut again = worth_another(&first);
        for _ in 1..self.attempts {
            if !again {
                break;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
            let result = next.invoke(invocation);
            again = worth_another(&result);
            if outcome(&result).is_none() || again {
                first = result;
            }
        }
        first
