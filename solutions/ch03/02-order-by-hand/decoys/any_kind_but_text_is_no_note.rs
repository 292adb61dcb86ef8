// mistake: takes every note that is no text for none
// killed by: another_kind_is_refused
// says: the note is a number
// region: order
    let (mut id, mut customer, mut items, mut note) = (None, None, None, None);
    for _ in 0..record(reader)? {
        let Tag { number, kind } = reader.field_tag()?;
        match (number, kind) {
            (1, _) => once(&mut id, "id", unsigned(reader, kind)?)?,
            (2, _) => once(&mut customer, "customer", text(reader, kind)?)?,
            (3, _) => once(&mut items, "items", items_of(reader, kind)?)?,
            (4, Kind::Text) => once(&mut note, "note", Some(text(reader, kind)?))?,
            (4, _) => {
                reader.skip(kind)?;
                once(&mut note, "note", None)?;
            }
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
