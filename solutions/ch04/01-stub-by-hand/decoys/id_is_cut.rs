// mistake: cuts the number to 32 bits
// killed by: get_order_makes_its_call
// says: a large number
// region: get_order
        self.call("get_order", &GetOrder { id: u64::from(id as u32) })
