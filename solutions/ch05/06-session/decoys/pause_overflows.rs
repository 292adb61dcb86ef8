// mistake: doubles without a bound
// killed by: a_pause_is_bounded_after_any_number_of_failures
// says: Bound the power before you take it
// region: pause
    (FIRST * 2_u32.pow(attempts - 1)).min(LONGEST)
