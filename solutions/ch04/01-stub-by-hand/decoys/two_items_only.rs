// mistake: sends the first two items
// killed by: place_order_makes_its_call
// says: a third item
// region: place_order
        self.call("place_order", &PlaceOrder { customer, items: &items[..items.len().min(2)], note })
