// mistake: lists a service without methods
// killed by: the_list_is_sorted
// says: A service without methods has none
// region: list
        let mut list = Vec::new();
        for (service, methods) in &self.services {
            if methods.is_empty() {
                list.push(service.to_string());
            }
            list.extend(methods.keys().map(|method| format!("{service}.{method}")));
        }
        list
