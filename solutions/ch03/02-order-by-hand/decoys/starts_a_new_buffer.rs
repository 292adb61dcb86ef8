// mistake: clears what is in `out`
// killed by: write_appends
// says: `write_order` appends
// region: write_order
    out.clear();
    begin(0, Kind::Record, 4, out);
    write_unsigned(1, order.id, out);
    write_text(2, &order.customer, out);
    begin(3, Kind::List, order.items.len(), out);
    for item in &order.items {
        write_item(item, out);
    }
    match &order.note {
        Some(note) => write_text(4, note, out),
        None => tag::write(4, Kind::Null, out),
    }
