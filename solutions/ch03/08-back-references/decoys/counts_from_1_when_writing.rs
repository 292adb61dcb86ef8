// mistake: gives the first list number 1
// killed by: the_second_time_it_is_a_number
// says: the first list has 0
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len() + 1);
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
