// mistake: gives what the first attempt said
// killed by: the_last_attempt_says_how_it_ended
// says: The first one's words are old
// region: retry
        let mut pause = self.pause;
        let first = next.invoke(invocation);
        let mut last = None;
        for _ in 1..self.attempts {
            if !worth_another(last.as_ref().unwrap_or(&first)) {
                break;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
            last = Some(next.invoke(invocation));
        }
        match last {
            Some(last) if outcome(&last).is_none() => last,
            Some(last) if !worth_another(&last) => last,
            _ => first,
        }
