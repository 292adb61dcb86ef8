// mistake: adds fifty milliseconds each time
// killed by: each_failure_in_a_row_waits_longer
// says: twice as long
// region: pause
    (FIRST.saturating_mul(attempts)).min(LONGEST)
