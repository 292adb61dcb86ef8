// mistake: throws everything away after an error, and waits for better bytes
// killed by: an_error_stays
// says: You went on after an error
// region: next_frame
        self.cut().inspect_err(|_| self.buffer.clear())
