// mistake: lets a panic of the handler end the worker; the pool shrinks until nobody is left
// killed by: a_panic_costs_no_worker
// says: Contain it
// region: work
    loop {
        let item = receiver.lock().expect("nothing is handled under this lock").recv();
        let Ok(item) = item else { return };
        handler(item);
    }
