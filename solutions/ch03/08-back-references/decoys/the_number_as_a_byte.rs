// mistake: writes the number as a byte, not as an int
// killed by: the_second_time_it_is_a_number
// says: Behind 51 stands an int
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            self.out.push(number as u8);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
