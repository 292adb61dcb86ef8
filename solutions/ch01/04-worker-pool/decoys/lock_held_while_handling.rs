// mistake: the guard of the queue's lock lives through the body of `while let`, so one worker works at a time
// killed by: three_workers_handle_three_items_at_once
// says: still hold the lock of the queue
// region: work
    while let Ok(item) = receiver.lock().expect("nothing panics under this lock").recv() {
        let _ = catch_unwind(AssertUnwindSafe(|| handler(item)));
    }
