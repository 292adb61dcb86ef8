// mistake: the deadline of who has left stays in the queue
// killed by: who_deregisters_is_gone_at_once
// says: would wake up at the wrong time
// region: deregister
        self.leases.remove(&id).is_some()
