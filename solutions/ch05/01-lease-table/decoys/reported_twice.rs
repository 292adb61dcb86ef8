// mistake: what is over is reported, and stays in the table
// killed by: a_lease_is_reported_once
// says: was reported as over, and it was gone already
// region: expire
        let over = self.deadlines.iter().take_while(|(deadline, _)| *deadline <= now);
        over.filter_map(|(_, id)| {
            let Lease { service, endpoint, .. } = self.leases.get(id)?;
            Some(Expired { lease: *id, service: service.clone(), endpoint: endpoint.clone() })
        })
        .collect()
