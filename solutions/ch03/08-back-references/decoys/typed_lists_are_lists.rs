// mistake: takes the heads of typed lists for those of plain ones
// killed by: what_is_broken_is_refused
// says: not ours
// region: read_value
        match self.reader.peek("a value")? {
            tag::LIST | 0x70..=0x7F => {
                let count = match self.reader.peek("a list")? {
                    short @ 0x70..=0x77 => {
                        self.reader.byte("a list")?;
                        usize::from(short - 0x70)
                    }
                    _ => self.list_head()?,
                };
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
                match usize::try_from(node) {
                    Ok(id) if id < known => Ok(Value::Node(NodeId(id))),
                    _ => Err(Error::UnknownNode { at, node, known }),
                }
            }
            _ => self.scalar(),
        }
