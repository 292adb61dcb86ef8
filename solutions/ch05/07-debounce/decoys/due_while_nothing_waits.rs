// mistake: says the end of the window, whether anything waits or not
// killed by: a_driver_is_told_when_to_look_and_else_left_alone
// says: turn in circles
// region: due
        self.closed_until
