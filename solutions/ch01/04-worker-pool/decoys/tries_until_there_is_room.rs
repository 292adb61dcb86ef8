// mistake: tries again until there is room: it burns a core, and waits all the same
// killed by: there_is_room_again_afterwards
// says: a loop that tries again
// region: try_submit
        let queue = self.queue.as_ref().expect("only drop takes the queue away");
        let mut item = item;
        loop {
            match queue.try_send(item) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(back)) => item = back,
                Err(TrySendError::Disconnected(back)) => return Err(PoolFull(back)),
            }
        }
