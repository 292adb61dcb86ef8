// mistake: takes a number below 0 for 0
// killed by: a_number_that_is_not_known_is_refused
// says: and not below 0
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
                let (node, known) = (int::read(&mut self.reader)?, self.nodes.len());
                match usize::try_from(node.max(0)) {
                    Ok(id) if id < known => Ok(Value::Node(NodeId(id))),
                    _ => Err(Error::UnknownNode { at, node, known }),
                }
            }
            _ => self.scalar(),
        }
