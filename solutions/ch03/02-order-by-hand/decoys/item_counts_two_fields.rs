// mistake: counts the fields of an item wrong
// killed by: an_item_is_a_record_of_three_fields
// says: how many fields follow
// region: write_item
    begin(0, Kind::Record, 2, out);
    write_text(1, &item.name, out);
    write_unsigned(2, item.quantity.into(), out);
    tag::write(3, Kind::Signed, out);
    varint::write(varint::zigzag(item.cents), out);
