//! What a program does about its registration, when its registry is slow, silent and forgetful in turn.

use std::time::{Duration, Instant};

use ch05_registry::agenda::{Agenda, Todo};

const EVERY: Duration = Duration::from_secs(3);

fn main() {
    let mut now = Instant::now();
    let mut agenda = Agenda::new(EVERY, 5);
    let ticket = agenda.want(now);
    let step = |agenda: &mut Agenda<&'static str>, now: &mut Instant, answer: &str| {
        let todo = loop {
            match agenda.next(*now) {
                Todo::Rest(Some(until)) => *now = until,
                todo => break todo,
            }
        };
        let did = match todo {
            Todo::Register(_) => "register".to_owned(),
            Todo::Renew(_, lease) => format!("renew {lease}"),
            Todo::Deregister(_, lease) => format!("deregister {lease}"),
            Todo::Rest(_) => "nothing".to_owned(),
        };
        println!("{did:<17} {answer}");
    };

    step(&mut agenda, &mut now, "lease 1");
    agenda.registered(ticket, "lease 1", now);
    step(&mut agenda, &mut now, "no answer");
    agenda.failed(ticket, now);
    step(&mut agenda, &mut now, "kept");
    agenda.renewed(ticket, now);
    step(&mut agenda, &mut now, "unknown lease");
    agenda.gone(ticket, now);
    step(&mut agenda, &mut now, "(the guard is dropped) lease 2");
    agenda.unwant(ticket, now);
    agenda.registered(ticket, "lease 2", now);
    step(&mut agenda, &mut now, "done");
    agenda.deregistered(ticket);
    step(&mut agenda, &mut now, "");
}
