// mistake: tries again until it goes well
// killed by: so_many_attempts_and_a_pause_between_them
// says: goes in circles
// region: retry
        let mut pause = self.pause;
        loop {
            let result = next.invoke(invocation);
            if !worth_another(&result) {
                return result;
            }
            (self.sleep)(pause);
            pause = (pause * 2).min(Self::MAX_PAUSE);
        }
        #[allow(unreachable_code)]
        next.invoke(invocation)
