// mistake: hand_over forgets the guard, with all that it holds
// killed by: nothing_of_a_guard_is_left
// says: After `hand_over` the directory is still held
// region: hand_over
        self.armed = true;
        let id = self.id();
        std::mem::forget(self);
        id
