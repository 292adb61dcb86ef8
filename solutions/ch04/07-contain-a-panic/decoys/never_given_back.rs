// mistake: forgets to give the place back
// killed by: a_place_is_given_back_once
// says: his pass takes off one when it is dropped
// region: leave
        let _ = self.gate;
