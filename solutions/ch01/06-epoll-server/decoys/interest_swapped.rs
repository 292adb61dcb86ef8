// mistake: takes EPOLLIN for "I want to put something in"
// killed by: interest_asks_for_what_is_wanted
// says: Bytes are EPOLLIN, room is EPOLLOUT
// region: interest
    let mut flags = EpollFlags::empty();
    flags.set(EpollFlags::EPOLLIN, wants.write);
    flags.set(EpollFlags::EPOLLOUT, wants.read);
    flags
