// mistake: end takes out the first entry with this address
// killed by: each_takes_out_its_own_entry
// says: Each guard takes out its own entry
// region: drop
        if self.armed {
            let address = self.endpoint().address();
            let listed = self.directory.list(&self.service);
            if let Some((id, _)) = listed.iter().find(|(_, endpoint)| endpoint.address() == address) {
                let _ = self.directory.take_out(*id);
            }
        }
// region: end
        self.armed = false;
        let address = self.endpoint().address();
        let listed = self.directory.list(&self.service);
        match listed.iter().rev().skip(1).find(|(_, endpoint)| endpoint.address() == address) {
            Some((id, _)) => self.directory.take_out(*id),
            None => Ok(()),
        }
