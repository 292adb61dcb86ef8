// mistake: forgets the note
// killed by: place_order_makes_its_call
// says: in the order of the method
// region: place_order
        self.call("place_order", &PlaceOrder { customer, items, note: note.and(None) })
