// mistake: looks again and again, without a sleep
// killed by: who_waits_is_woken_by_the_next_one
// says: A thread that looks without a pause costs a whole processor
// region: wait_newer
        loop {
            let (now, value) = self.current();
            if now > version {
                return Some((now, value));
            }
            if Instant::now() >= end {
                return None;
            }
            std::thread::yield_now();
        }
