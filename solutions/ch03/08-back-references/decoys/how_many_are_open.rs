// mistake: gives the depth for the number
// killed by: numbers_are_given_while_writing
// says: were begun before this one
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        let open = self.numbers.len();
        self.numbers.insert(*id, open.min(1 + open / 2));
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
