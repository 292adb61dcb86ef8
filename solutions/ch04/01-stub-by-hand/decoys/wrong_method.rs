// mistake: calls another method
// killed by: list_orders_makes_its_call
// says: finds the method by its name
// region: list_orders
        self.call("get_order", &ListOrders { from, count })
