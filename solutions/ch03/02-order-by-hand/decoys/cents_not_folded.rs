// mistake: writes the cents without zigzag
// killed by: a_discount_stays_small
// says: The number is not folded
// region: write_item
    begin(0, Kind::Record, 3, out);
    write_text(1, &item.name, out);
    write_unsigned(2, item.quantity.into(), out);
    tag::write(3, Kind::Signed, out);
    varint::write(item.cents as u64, out);
