// mistake: swaps two arguments
// killed by: list_orders_makes_its_call
// says: each with its own value
// region: list_orders
        self.call("list_orders", &ListOrders { from: count.into(), count: from as u32 })
