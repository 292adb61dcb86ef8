// mistake: gives an item in the list a field number
// killed by: an_item_is_a_record_of_three_fields
// says: are no fields
// region: write_item
    begin(1, Kind::Record, 3, out);
    write_text(1, &item.name, out);
    write_unsigned(2, item.quantity.into(), out);
    tag::write(3, Kind::Signed, out);
    varint::write(varint::zigzag(item.cents), out);
