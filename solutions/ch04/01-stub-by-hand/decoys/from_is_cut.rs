// mistake: cuts the first number to 32 bits
// killed by: list_orders_makes_its_call
// says: a large number
// region: list_orders
        self.call("list_orders", &ListOrders { from: u64::from(from as u32), count })
