// mistake: drop takes out whoever is listed with this address last
// killed by: each_takes_out_its_own_entry
// says: the address says nothing about whose it is
// region: drop
        if self.armed {
            let address = self.endpoint().address();
            let listed = self.directory.list(&self.service);
            if let Some((id, _)) = listed.iter().rev().find(|(_, endpoint)| endpoint.address() == address) {
                let _ = self.directory.take_out(*id);
            }
        }
