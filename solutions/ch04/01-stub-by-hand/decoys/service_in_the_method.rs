// mistake: puts the service before the method
// killed by: get_order_makes_its_call
// says: Name(BadCharacter
// region: get_order
        self.call("OrderService.get_order", &GetOrder { id })
