// mistake: begins again at 1 after a lost connection
// killed by: a_lost_connection_tells_everybody
// says: takes a reply of before for one of now
// region: connection_lost
        let old = std::mem::replace(self, Self::new(self.capacity));
        old.waiting.into_iter().collect()
