// mistake: gives a number after the first element
// killed by: lists_in_lists_have_their_own_elements
// says: before the first element is read
// region: read_value
        match self.reader.peek("a value")? {
            tag::LIST | 0x78..=0x7F => {
                let count = self.list_head()?;
                self.budget.enter()?;
                let mut values = Vec::new();
                if count > 0 {
                    values.push(self.value()?);
                }
                let id = self.nodes.len();
                self.nodes.push(list(Vec::new()));
                for _ in 1..count {
                    values.push(self.value()?);
                }
                self.nodes[id] = list(values);
                self.budget.leave();
                Ok(Value::Node(NodeId(id)))
            }
            tag::REFERENCE => {
                self.reader.byte("a reference")?;
                let (node, known) = (int::read(&mut self.reader)?, self.nodes.len());
                match usize::try_from(node) {
                    Ok(id) if id < known => Ok(Value::Node(NodeId(id))),
                    _ => Err(Error::UnknownNode { at, node, known }),
                }
            }
            _ => self.scalar(),
        }
