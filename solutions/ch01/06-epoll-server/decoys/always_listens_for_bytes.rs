// mistake: keeps EPOLLIN set while a reply waits, so a peer that sends without reading makes the loop spin
// killed by: interest_asks_for_what_is_wanted
// says: each is set only when it is wanted
// region: interest
    let mut flags = EpollFlags::EPOLLIN;
    flags.set(EpollFlags::EPOLLOUT, wants.write);
    flags
