// mistake: asks for edge-triggered events because they are said to be faster; what a turn leaves unread is never told again
// killed by: interest_asks_for_what_is_wanted
// says: edge-triggered
// region: interest
    let mut flags = EpollFlags::EPOLLET;
    flags.set(EpollFlags::EPOLLIN, wants.read);
    flags.set(EpollFlags::EPOLLOUT, wants.write);
    flags
