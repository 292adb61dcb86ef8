// mistake: looks into `nodes` before it compares
// killed by: a_number_that_is_not_known_is_refused
// says: A number in a message is a claim
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
                let id = node as usize;
                let _ = &self.nodes[id];
                let _ = at;
                Ok(Value::Node(NodeId(id)))
            }
            _ => self.scalar(),
        }
