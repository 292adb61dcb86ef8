// mistake: drop takes out everybody with this address
// killed by: each_takes_out_its_own_entry
// says: the address says nothing about whose it is
// region: drop
        if self.armed {
            let address = self.endpoint().address();
            for (id, endpoint) in self.directory.list(&self.service) {
                if endpoint.address() == address {
                    let _ = self.directory.take_out(id);
                }
            }
        }
