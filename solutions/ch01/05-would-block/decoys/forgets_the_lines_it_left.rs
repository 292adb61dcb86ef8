// mistake: stops at the bound on lines and asks for bytes, which have all come already
// killed by: many_small_calls_are_a_turn_too
// says: asking for bytes brings nothing
// region: wants
        let write = !self.output.is_empty();
        Wants { read: !write, write }
