// mistake: does not come back from the order's level
// killed by: orders_stand_behind_each_other
// says: comes back
// region: order
    let (mut id, mut customer, mut items, mut note) = (None, None, None, None);
    for _ in 0..record(reader)? {
        let Tag { number, kind } = reader.field_tag()?;
        match (number, kind) {
            (1, _) => once(&mut id, "id", unsigned(reader, kind)?)?,
            (2, _) => once(&mut customer, "customer", text(reader, kind)?)?,
            (3, _) => once(&mut items, "items", items_of(reader, kind)?)?,
            (4, Kind::Null) => once(&mut note, "note", None)?,
            (4, _) => once(&mut note, "note", Some(text(reader, kind)?))?,
            _ => reader.skip(kind)?,
        }
    }
    Ok(Order {
        id: id.ok_or(MissingField { name: "id" })?,
        customer: customer.ok_or(MissingField { name: "customer" })?,
        items: items.ok_or(MissingField { name: "items" })?,
        note: note.flatten(),
    })
