// mistake: writes the list again behind its number
// killed by: the_second_time_it_is_a_number
// says: was not written once
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
