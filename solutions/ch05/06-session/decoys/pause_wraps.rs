// mistake: shifts the doublings out
// killed by: a_pause_is_bounded_after_any_number_of_failures
// says: The pause stays `LONGEST`
// region: pause
    (FIRST.saturating_mul(1_u32.wrapping_shl(attempts - 1))).min(LONGEST)
