// mistake: asks `try_recv` again and again: an idle pool keeps a processor busy
// killed by: an_idle_worker_sleeps
// says: keeps a processor busy
// region: work
    use std::sync::mpsc::TryRecvError;
    loop {
        let item = receiver.lock().expect("nothing is handled under this lock").try_recv();
        match item {
            Ok(item) => drop(catch_unwind(AssertUnwindSafe(|| handler(item)))),
            Err(TryRecvError::Empty) => thread::yield_now(),
            Err(TryRecvError::Disconnected) => return,
        }
    }
