// mistake: asks for room only once bytes have gone out, so a reply of which the stream took nothing waits for ever
// killed by: wants_tells_the_poller_what_to_wait_for
// says: not one byte is out
// region: wants
        let write = self.more || self.written > 0;
        Wants { read: !write, write }
