// mistake: leaves the note out without counting one field less
// killed by: no_note_is_a_null_and_counted
// says: You left it out
// region: write_order
    begin(0, Kind::Record, 4, out);
    write_unsigned(1, order.id, out);
    write_text(2, &order.customer, out);
    begin(3, Kind::List, order.items.len(), out);
    for item in &order.items {
        write_item(item, out);
    }
    if let Some(note) = &order.note {
        write_text(4, note, out);
    }
