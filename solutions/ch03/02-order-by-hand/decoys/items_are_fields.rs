// mistake: counts the items as fields of the order, without a list
// killed by: every_item_is_written
// says: tag comes first
// region: write_order
    begin(0, Kind::Record, 3 + order.items.len(), out);
    write_unsigned(1, order.id, out);
    write_text(2, &order.customer, out);
    for item in &order.items {
        write_item(item, out);
    }
    match &order.note {
        Some(note) => write_text(4, note, out),
        None => tag::write(4, Kind::Null, out),
    }
