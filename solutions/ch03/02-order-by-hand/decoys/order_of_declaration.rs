// mistake: takes the fields in the order of their declaration, whatever their numbers are
// killed by: fields_come_in_any_order
// says: its place says nothing
// region: order
    let (mut id, mut customer, mut items, mut note) = (None, None, None, None);
    let count = record(reader)?;
    for place in 1..=count {
        let Tag { kind, .. } = reader.field_tag()?;
        match (place, kind) {
            (1, _) => once(&mut id, "id", unsigned(reader, kind)?)?,
            (2, _) => once(&mut customer, "customer", text(reader, kind)?)?,
            (3, _) => once(&mut items, "items", items_of(reader, kind)?)?,
            (4, Kind::Null) => once(&mut note, "note", None)?,
            (4, _) => once(&mut note, "note", Some(text(reader, kind)?))?,
            _ => reader.skip(kind)?,
        }
    }
    reader.leave();
    Ok(Order {
        id: id.ok_or(MissingField { name: "id" })?,
        customer: customer.ok_or(MissingField { name: "customer" })?,
        items: items.ok_or(MissingField { name: "items" })?,
        note: note.flatten(),
    })
