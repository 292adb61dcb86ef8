// mistake: counts connections that were opened, not connections that are open
// killed by: a_place_comes_back
// says: the server fills up
// region: give_back
        let _still_taken = self.open.load(SeqCst);
