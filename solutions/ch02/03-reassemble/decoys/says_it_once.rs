// mistake: says the error once and goes on behind it
// killed by: an_error_stays
// says: You went on after an error
// region: next_frame
        self.cut()
