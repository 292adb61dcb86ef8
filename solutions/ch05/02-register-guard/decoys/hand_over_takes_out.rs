// mistake: drop takes out what was handed over
// killed by: who_hands_over_leaves_the_entry_in_the_list
// says: under their hands
// region: hand_over
        self.armed = true;
        self.id()
