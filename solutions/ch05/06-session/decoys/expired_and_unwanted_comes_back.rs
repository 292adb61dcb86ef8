// mistake: registers again what nobody wants any more
// killed by: taking_back_is_given_up_after_five_failures
// says: Nobody registers it again
// region: gone
        item.lease = None;
        item.due = Some(now);
