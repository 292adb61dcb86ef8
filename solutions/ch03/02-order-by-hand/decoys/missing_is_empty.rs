// mistake: fills what is missing with nothing
// killed by: a_missing_field_is_named
// says: A default would be a lie
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
    reader.leave();
    Ok(Order {
        id: id.unwrap_or_default(),
        customer: customer.unwrap_or_default(),
        items: items.unwrap_or_default(),
        note: note.flatten(),
    })
