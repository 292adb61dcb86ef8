// mistake: writes the cents as an unsigned number: a discount is huge
// killed by: a_discount_stays_small
// says: Cents have a sign
// region: write_item
    begin(0, Kind::Record, 3, out);
    write_text(1, &item.name, out);
    write_unsigned(2, item.quantity.into(), out);
    write_unsigned(3, item.cents as u64, out);
