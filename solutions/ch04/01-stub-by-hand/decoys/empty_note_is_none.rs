// mistake: takes an empty note for none
// killed by: place_order_makes_its_call
// says: an empty note
// region: place_order
        self.call("place_order", &PlaceOrder { customer, items, note: note.filter(|note| !note.is_empty()) })
