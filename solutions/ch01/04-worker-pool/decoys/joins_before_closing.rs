// mistake: waits for workers that wait for a queue which is still open
// killed by: drop_finishes_what_was_queued
// says: Give up the sender before you join
// region: finish
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
        self.queue = None;
