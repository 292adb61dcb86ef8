// mistake: goes back only behind a last element, and an empty list has none
// killed by: what_is_too_deep_is_not_written
// says: was entered and not left
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        if !values.is_empty() {
            self.budget.leave();
        }
        Ok(())
