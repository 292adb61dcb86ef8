// mistake: gives a list its number when it has been written
// killed by: a_cycle_ends
// says: needs its number before its elements
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        self.numbers.insert(*id, self.numbers.len());
        Ok(())
