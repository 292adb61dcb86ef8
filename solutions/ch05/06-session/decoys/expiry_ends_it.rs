// mistake: an expiry ends the registration for good
// killed by: after_an_expiry_it_is_registered_at_once
// says: It is time to register A, and the agenda rests
// region: gone
        self.items.remove(&ticket);
