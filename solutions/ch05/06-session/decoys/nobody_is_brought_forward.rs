// mistake: lets the others wait, although the registry answers
// killed by: one_success_brings_the_others_forward
// says: the registry answers
// region: went_well
        item.attempts = 0;
        item.due = Some(if item.wanted { now + self.renew_every } else { now });
