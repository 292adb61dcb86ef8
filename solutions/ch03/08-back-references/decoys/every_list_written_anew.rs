// mistake: writes a list again wherever it comes up
// killed by: the_second_time_it_is_a_number
// says: was not written once
// region: write_list
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
