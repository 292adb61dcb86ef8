// mistake: stops where it is too deep, and says nothing
// killed by: what_is_too_deep_is_not_written
// says: hand its error on
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let Ok(values) = self.begin_list(*id) else { return Ok(()) };
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
