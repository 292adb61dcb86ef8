// mistake: writes every number as one byte, as small ints are
// killed by: numbers_are_given_while_writing
// says: from 48 on it has two bytes
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            self.out.push(0x90_u8.wrapping_add(number as u8));
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
