// mistake: sorts the finished texts
// killed by: the_list_is_sorted
// says: `-` comes before `.`
// region: list
        let mut list = Vec::new();
        for (service, methods) in &self.services {
            list.extend(methods.keys().map(|method| format!("{service}.{method}")));
        }
        list.sort();
        list
