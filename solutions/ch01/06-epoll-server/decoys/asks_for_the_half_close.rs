// mistake: asks for EPOLLRDHUP too, so a peer that has said its last word and reads slowly makes the loop spin
// killed by: interest_asks_for_what_is_wanted
// says: Leave EPOLLRDHUP out
// region: interest
    let mut flags = EpollFlags::EPOLLRDHUP;
    flags.set(EpollFlags::EPOLLIN, wants.read);
    flags.set(EpollFlags::EPOLLOUT, wants.write);
    flags
