// mistake: makes a new list with the same elements
// killed by: a_reference_is_the_same_list
// says: A reference makes no new list
// region: read_value
        match self.reader.peek("a value")? {
            tag::LIST | 0x78..=0x7F => {
                let count = self.list_head()?;
                self.budget.enter()?;
                let id = self.nodes.len();
                self.nodes.push(list(Vec::new()));
                let mut values = Vec::new();
                for _ in 0..count {
                    values.push(self.value()?);
                }
                self.nodes[id] = list(values);
                self.budget.leave();
                Ok(Value::Node(NodeId(id)))
            }
            tag::REFERENCE => {
                self.reader.byte("a reference")?;
                let node = int::read(&mut self.reader)?;
                let known = self.nodes.len();
                let place = usize::try_from(node).ok().filter(|&id| id < known);
                let copy = self.nodes[place.ok_or(Error::UnknownNode { at, node, known })?].clone();
                self.nodes.push(copy);
                Ok(Value::Node(NodeId(known)))
            }
            _ => self.scalar(),
        }
