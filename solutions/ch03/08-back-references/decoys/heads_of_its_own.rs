// mistake: writes the heads itself, asks for no depth, and numbers a list behind its elements
// killed by: a_cycle_ends
// says: was written again in itself, for ever
// region: write_list
        if let Some(&number) = self.numbers.get(id) {
            self.out.push(tag::REFERENCE);
            int::write(&mut self.out, number as i32);
            return Ok(());
        }
        let known = self.graph.nodes.len();
        let values = self.graph.elements(value).ok_or(Error::NoSuchNode { node: id.0, known })?;
        match values.len() {
            count @ 0..=7 => self.out.push(tag::LIST_SHORT + count as u8),
            count => {
                self.out.push(tag::LIST);
                int::write(&mut self.out, count as i32);
            }
        }
        for value in values {
            self.value(value)?;
        }
        self.numbers.insert(*id, self.numbers.len());
        Ok(())
