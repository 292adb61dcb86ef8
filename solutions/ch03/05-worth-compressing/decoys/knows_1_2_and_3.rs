// mistake: has the numbers written down, and never asks its table
// killed by: the_table_says_what_is_known
// says: not yours to write down
// region: accepted
    let _ = known;
    accepts.iter().copied().find(|id| matches!(id, 1..=3)).unwrap_or(0)
