// mistake: closes the queue and leaves; the program may end before the accepted items are handled
// killed by: drop_waits_for_its_workers
// says: came back while a worker was still running
// region: finish
        self.queue = None;
