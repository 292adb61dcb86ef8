// mistake: doubles in a wider number
// killed by: a_pause_is_bounded_after_any_number_of_failures
// says: The registry has failed 65 times in a row
// region: pause
    Duration::from_millis(50 * 2_u64.pow(attempts - 1).min(100)).min(LONGEST)
