// mistake: asks for the depth when the elements have been read
// killed by: how_deep_lists_go_is_limited
// says: has been down there already
// region: read_value
        match self.reader.peek("a value")? {
            tag::LIST | 0x78..=0x7F => {
                let count = self.list_head()?;
                let id = self.nodes.len();
                self.nodes.push(list(Vec::new()));
                let mut values = Vec::new();
                for _ in 0..count {
                    values.push(self.value()?);
                }
                self.nodes[id] = list(values);
                let mut depth = 1;
                let mut inner = &self.nodes[id];
                while let Node::List { values, .. } = inner
                    && let Some(Value::Node(next)) = values.iter().rfind(|value| matches!(value, Value::Node(_)))
                    && next.0 > id + depth - 1
                {
                    inner = &self.nodes[next.0];
                    depth += 1;
                }
                for _ in 0..depth {
                    self.budget.enter()?;
                }
                for _ in 0..depth {
                    self.budget.leave();
                }
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
