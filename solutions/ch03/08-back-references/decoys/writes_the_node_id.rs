// mistake: writes the place in `nodes` for the number
// killed by: numbers_are_given_while_writing
// says: Where a list stands in `nodes`
// region: write_list
        if let Some(_) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, id.0 as i32);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
