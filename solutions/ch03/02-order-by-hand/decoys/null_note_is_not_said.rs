// mistake: a null leaves the note's place empty, so a second note is taken
// killed by: a_field_that_comes_twice_is_refused
// says: A null is a note as well
// region: order
    let (mut id, mut customer, mut items, mut note) = (None, None, None, None);
    for _ in 0..record(reader)? {
        let Tag { number, kind } = reader.field_tag()?;
        match (number, kind) {
            (1, _) => once(&mut id, "id", unsigned(reader, kind)?)?,
            (2, _) => once(&mut customer, "customer", text(reader, kind)?)?,
            (3, _) => once(&mut items, "items", items_of(reader, kind)?)?,
            (4, Kind::Null) if note.is_some() => return Err(FieldTwice { name: "note" }),
            (4, Kind::Null) => {}
            (4, _) => once(&mut note, "note", text(reader, kind)?)?,
            _ => reader.skip(kind)?,
        }
    }
    reader.leave();
    Ok(Order {
        id: id.ok_or(MissingField { name: "id" })?,
        customer: customer.ok_or(MissingField { name: "customer" })?,
        items: items.ok_or(MissingField { name: "items" })?,
        note,
    })
