// mistake: begins again at 1 after a lost connection
// killed by: a_lost_connection_tells_everybody
// says: takes a reply of before for one of now
// region: connection_lost
        self.last_id = 0;
        std::mem::take(&mut self.waiting).into_iter().collect()
