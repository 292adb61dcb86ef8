// mistake: sends the id alone
// killed by: get_order_makes_its_call
// says: a record with a field for each
// region: get_order
        self.call("get_order", &id)
