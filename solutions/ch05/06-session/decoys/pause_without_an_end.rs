// mistake: does not stop at the longest
// killed by: each_failure_in_a_row_waits_longer
// says: up to `LONGEST`
// region: pause
    FIRST * 2_u32.pow((attempts - 1).min(16))
