// mistake: sleeps itself, and not by way of what it was given
// killed by: only_what_never_ran_and_may_go_better_is_tried_again
// says: through `self.sleep`
// region: retry
        let mut pause = self.pause;
        for _ in 1..self.attempts {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        next.invoke(invocation)
