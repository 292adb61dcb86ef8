// mistake: sends the arguments without names
// killed by: list_orders_makes_its_call
// says: a record with a field for each
// region: list_orders
        self.call("list_orders", &(from, count))
