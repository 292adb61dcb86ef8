// mistake: takes a list with the same elements for the same list
// killed by: equal_lists_are_two_lists
// says: not what is in it
// region: write_list
        let graph = self.graph;
        let same = |other: &NodeId| graph.nodes.get(other.0) == graph.nodes.get(id.0);
        let found = self.numbers.iter().find(|(other, _)| same(other)).map(|(_, &number)| number);
        if let Some(number) = found {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        self.numbers.insert(*id, self.numbers.len());
        let values = self.begin_list(*id)?;
        for value in values {
            self.value(value)?;
        }
        self.budget.leave();
        Ok(())
