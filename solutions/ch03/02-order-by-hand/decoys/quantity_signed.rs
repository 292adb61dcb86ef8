// mistake: writes the quantity as a number with a sign
// killed by: an_item_is_a_record_of_three_fields
// says: never below 0
// region: write_item
    begin(0, Kind::Record, 3, out);
    write_text(1, &item.name, out);
    tag::write(2, Kind::Signed, out);
    varint::write(varint::zigzag(item.quantity.into()), out);
    tag::write(3, Kind::Signed, out);
    varint::write(varint::zigzag(item.cents), out);
