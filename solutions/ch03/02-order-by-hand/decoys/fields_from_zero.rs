// mistake: counts the fields of a record from 0
// killed by: an_item_is_a_record_of_three_fields
// says: Fields are counted from 1
// region: write_item
    begin(0, Kind::Record, 3, out);
    write_text(0, &item.name, out);
    write_unsigned(1, item.quantity.into(), out);
    tag::write(2, Kind::Signed, out);
    varint::write(varint::zigzag(item.cents), out);
