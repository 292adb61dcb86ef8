// mistake: doubles before the first pause
// killed by: a_disconnect_is_not_an_expiry
// says: It is time to renew A
// region: pause
    (FIRST * 2_u32.pow(attempts.min(16))).min(LONGEST)
