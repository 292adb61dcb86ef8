// mistake: writes the items behind the tag of the list, without their number
// killed by: every_item_is_written
// says: The count is missing
// region: write_order
    begin(0, Kind::Record, 4, out);
    write_unsigned(1, order.id, out);
    write_text(2, &order.customer, out);
    tag::write(3, Kind::List, out);
    for item in &order.items {
        write_item(item, out);
    }
    match &order.note {
        Some(note) => write_text(4, note, out),
        None => tag::write(4, Kind::Null, out),
    }
