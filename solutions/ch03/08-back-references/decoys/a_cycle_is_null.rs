// mistake: writes null for a list that is in itself
// killed by: a_cycle_ends
// says: so they find it
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            if number == usize::MAX {
                self.out.push(tag::NULL);
                return Ok(());
            }
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        let number = self.numbers.len();
        self.numbers.insert(*id, usize::MAX);
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.numbers.insert(*id, number);
        self.budget.leave();
        Ok(())
