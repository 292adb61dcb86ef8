// mistake: catches the panic, reports it, and leaves the loop: the worker is gone all the same
// killed by: a_panic_costs_no_worker
// says: nobody works any more
// region: work
    let result = catch_unwind(AssertUnwindSafe(|| {
        loop {
            let item = receiver.lock().expect("nothing is handled under this lock").recv();
            let Ok(item) = item else { return };
            handler(item);
        }
    }));
    if result.is_err() {
        eprintln!("a worker has ended");
    }
