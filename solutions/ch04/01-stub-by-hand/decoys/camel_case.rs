// mistake: writes the method as Java would
// killed by: get_order_makes_its_call
// says: letter by letter
// region: get_order
        self.call("getOrder", &GetOrder { id })
