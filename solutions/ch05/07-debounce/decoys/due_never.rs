// mistake: never tells the driver to look
// killed by: a_driver_is_told_when_to_look_and_else_left_alone
// says: no driver will ever look
// region: due
        None
