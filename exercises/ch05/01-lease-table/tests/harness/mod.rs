//! A story: what happens to one table, step by step, with a timeline for whoever has to find out why.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use ch04_proxy::ServiceKey;
use ch05_registry::Endpoint;
use lease_table::{Expired, LeaseId, LeaseTable, MAX_TTL, UnknownLease};
use spec_kit::{Failure, TIMED_OUT, within};

pub const PAGE: &str = "chapter 5, \"A lease is a promise that ends\"";

/// A second, in the unit of all times of a story: microseconds after its beginning.
pub const SECOND: u64 = 1_000_000;

/// How many steps a failure shows: the last ones.
const SHOWN: usize = 24;

/// The leases of a story, in the order in which they came: 0 is called a, 1 is b, …
pub type Who = usize;

/// What the contract says of one lease.
struct Row {
    id: LeaseId,
    service: ServiceKey,
    endpoint: Endpoint,
    ttl: u64,
    deadline: u64,
    /// Neither taken out nor reported yet.
    there: bool,
}

/// Your table, what was done to it, and what should have become of it.
pub struct Story {
    table: LeaseTable,
    start: Instant,
    lines: Vec<String>,
    rows: Vec<Row>,
    because: &'static str,
}

impl Story {
    /// A new table. `because` stands under the failures of this story.
    pub fn new(because: &'static str) -> Self {
        Self { table: LeaseTable::new(), start: Instant::now(), lines: Vec::new(), rows: Vec::new(), because }
    }

    pub fn time(&self, at: u64) -> Instant {
        self.start + Duration::from_micros(at)
    }

    /// The other way.
    pub fn since_start(&self, time: Instant) -> u64 {
        let time = time.saturating_duration_since(self.start).as_micros();
        u64::try_from(time).expect("a story takes no thousand years")
    }

    #[track_caller]
    pub fn register(&mut self, at: u64, service: &str, port: u16, ttl: Duration) -> Who {
        self.register_endpoint(at, service, Endpoint::new(([127, 0, 0, 1], port).into()), ttl)
    }

    #[track_caller]
    pub fn register_endpoint(&mut self, at: u64, service: &str, endpoint: Endpoint, ttl: Duration) -> Who {
        let who = self.rows.len();
        let asked = if ttl > MAX_TTL * 100 { "for ever".to_owned() } else { format!("ttl {ttl:?}") };
        self.lines.push(format!("{} register {} = {service} at {endpoint}, {asked}", moment(at), name(who)));
        let (now, service) = (self.time(at), key(service));
        let (given_service, given_endpoint) = (service.clone(), endpoint.clone());
        let id = self.told("register", |table| table.register(now, given_service, given_endpoint, ttl));
        if let Some(twin) = self.rows.iter().position(|row| row.id == id) {
            self.failure(format_args!("The leases {} and {} have one id.", name(twin), name(who)))
                .expected(format_args!("an id for {} that no lease has had before", name(who)))
                .got(format_args!("{id:?} once more"))
                .because(
                    "A provider that was away for long may still renew its old lease. If that id is \
                     somebody else's by now, a stranger's lease is kept alive, and taken out when the \
                     provider leaves.",
                )
                .page(PAGE)
                .raise();
        }
        let ttl = u64::try_from(ttl.min(MAX_TTL).as_micros()).expect("a minute at most");
        self.rows.push(Row { id, service, endpoint, ttl, deadline: at + ttl, there: true });
        who
    }

    /// A renewal; the contract says whether it comes in time.
    #[track_caller]
    pub fn renew(&mut self, at: u64, who: Who) -> bool {
        let Row { id, ttl, deadline, there, .. } = self.rows[who];
        let in_time = there && at < deadline;
        self.lines.push(format!("{} renew {}", moment(at), name(who)));
        let now = self.time(at);
        let got = self.told("renew", |table| table.renew(now, id));
        let expected = if in_time { Ok(()) } else { Err(UnknownLease(id)) };
        if got != expected {
            let why = match (there, in_time) {
                (true, true) => format!("it lasts until {}", moment(deadline)),
                (true, false) => {
                    format!("it was over at {}, whether or not anybody had looked", moment(deadline))
                }
                (false, _) => "it is in the table no more".to_owned(),
            };
            self.failure(match got {
                Ok(()) => format!("Lease {} was over, and a renewal has brought it back.", name(who)),
                Err(_) if in_time => format!("Lease {} is not over, and its renewal was refused.", name(who)),
                Err(_) => format!("The renewal of {} was refused in the name of another lease.", name(who)),
            })
            .expected(format_args!("{expected:?}: {why}"))
            .got(format_args!("{got:?}"))
            .because(self.because)
            .page(PAGE)
            .raise();
        }
        if in_time {
            self.rows[who].deadline = at + ttl;
        }
        in_time
    }

    #[track_caller]
    pub fn deregister(&mut self, who: Who) -> bool {
        let (id, there) = (self.rows[who].id, self.rows[who].there);
        self.lines.push(format!("        deregister {}", name(who)));
        let got = self.told("deregister", |table| table.deregister(id));
        if got != there {
            let was = if there { "was in the table" } else { "was in the table no more" };
            self.failure(format_args!("Lease {} {was} when it was taken out.", name(who)))
                .expected(there)
                .got(got)
                .because(self.because)
                .page(PAGE)
                .raise();
        }
        self.rows[who].there = false;
        there
    }

    /// Asks `expire`; the contract says who is over. Gives them.
    #[track_caller]
    pub fn expire(&mut self, at: u64) -> Vec<Who> {
        self.lines.push(format!("{} expire", moment(at)));
        let now = self.time(at);
        let mut table = std::mem::take(&mut self.table);
        // A loop that takes nothing out of the table has no end.
        let (table, got) = self.told("expire", move |_| {
            within("`expire` is at work. Does each round of its loop take something out?", move || {
                let over = table.expire(now);
                (table, over)
            })
        });
        self.table = table;
        let mut over: Vec<Who> = (0..self.rows.len())
            .filter(|who| self.rows[*who].there && self.rows[*who].deadline <= at)
            .collect();
        over.sort_by_key(|who| (self.rows[*who].deadline, *who));
        let expected: Vec<Expired> = over.iter().map(|who| self.expired(*who)).collect();
        if got != expected {
            let whose: Vec<Option<Who>> =
                got.iter().map(|it| self.rows.iter().position(|row| row.id == it.lease)).collect();
            let named: Vec<Who> = whose.iter().flatten().copied().collect();
            let early = named.iter().find(|who| self.rows[**who].there && !over.contains(who));
            let again = named.iter().find(|who| !self.rows[**who].there);
            let late = over.iter().find(|who| !named.contains(who));
            let symptom = if let Some(who) = early {
                format!(
                    "Lease {} was taken away, and it lasts until {}.",
                    name(*who),
                    moment(self.rows[*who].deadline).trim()
                )
            } else if let Some(who) = again {
                format!("Lease {} was reported as over, and it was gone already.", name(*who))
            } else if let Some(who) = late {
                format!(
                    "Lease {} was over at {}, and was not reported.",
                    name(*who),
                    moment(self.rows[*who].deadline).trim()
                )
            } else if named.len() != over.len() {
                "A lease was reported twice.".to_owned()
            } else if named != over {
                "The leases were not reported in the order of their deadlines.".to_owned()
            } else {
                "The right leases were reported, with another service or endpoint than they had.".to_owned()
            };
            let told = |service: &ServiceKey, endpoint: &Endpoint| format!("({service} at {endpoint})");
            let got: Vec<String> = got
                .iter()
                .zip(&whose)
                .map(|(it, who)| {
                    format!("{} {}", who.map_or("?".into(), name), told(&it.service, &it.endpoint))
                })
                .collect();
            let expected: Vec<String> = expected
                .iter()
                .zip(&over)
                .map(|(it, who)| format!("{} {}", name(*who), told(&it.service, &it.endpoint)))
                .collect();
            self.failure(symptom)
                .expected(row_of(&expected))
                .got(row_of(&got))
                .because(self.because)
                .page(PAGE)
                .raise();
        }
        for who in &over {
            self.rows[*who].there = false;
        }
        over
    }

    /// Asks `next_deadline`.
    #[track_caller]
    pub fn next_deadline(&mut self) -> Option<u64> {
        self.lines.push("        next_deadline".to_owned());
        let got = self.told("next_deadline", |table| table.next_deadline());
        let first =
            self.rows.iter().enumerate().filter(|(_, row)| row.there).min_by_key(|(_, row)| row.deadline);
        let expected = first.map(|(_, row)| row.deadline);
        if got != expected.map(|at| self.time(at)) {
            let because = match (got, expected) {
                (Some(got), Some(expected)) if self.since_start(got) > expected => {
                    "A deadline is missing in `deadlines`, or it is not the earliest that you look at: \
                     the dead stay in the list until then."
                }
                (None, Some(_)) => {
                    "Somebody is in the table, and nobody would ever look whether its lease is over."
                }
                _ => {
                    "This deadline is not one any more: its lease was renewed, or is gone. Something \
                     of it was left behind in `deadlines`."
                }
            };
            let expected = match first {
                Some((who, row)) => format!("{}, when {} ends", moment(row.deadline).trim(), name(who)),
                None => "None: nobody is in the table".to_owned(),
            };
            self.failure("Whoever runs the table would wake up at the wrong time.")
                .expected(expected)
                .got(got.map_or("None".into(), |got| moment(self.since_start(got)).trim().to_owned()))
                .because(format_args!("{because} {}", self.because))
                .page(PAGE)
                .raise();
        }
        expected
    }

    /// Asks `list`. Gives who is in it.
    #[track_caller]
    pub fn list(&mut self, at: u64, service: &str) -> Vec<Who> {
        self.lines.push(format!("{} list {service}", moment(at)));
        let (now, service) = (self.time(at), key(service));
        let got = self.told("list", |table| table.list(now, &service));
        let alive = |row: &Row| row.there && row.service == service && at < row.deadline;
        let listed: Vec<Who> = (0..self.rows.len()).filter(|who| alive(&self.rows[*who])).collect();
        let expected: Vec<(LeaseId, Endpoint)> =
            listed.iter().map(|who| (self.rows[*who].id, self.rows[*who].endpoint.clone())).collect();
        if got != expected {
            let who = |id: LeaseId| self.rows.iter().position(|row| row.id == id);
            let told = |(id, endpoint): &(LeaseId, Endpoint)| {
                format!("{} ({endpoint})", who(*id).map_or("?".into(), name))
            };
            let over = got.iter().filter_map(|(id, _)| who(*id)).find(|who| {
                let row = &self.rows[*who];
                row.service == service && (!row.there || row.deadline <= at)
            });
            let missing = listed.iter().find(|who| got.iter().all(|(id, _)| *id != self.rows[**who].id));
            let symptom = if let Some(who) = over {
                format!("The list names {}, whose lease is over. Callers call it.", name(who))
            } else if let Some(who) = missing {
                format!("The list lacks {}, which provides {service}.", name(*who))
            } else if got.len() > expected.len() {
                format!("The list of {service} names who does not provide it.")
            } else {
                format!("The list of {service} is not as they came.")
            };
            self.failure(symptom)
                .expected(row_of(&expected.iter().map(told).collect::<Vec<_>>()))
                .got(row_of(&got.iter().map(told).collect::<Vec<_>>()))
                .because(self.because)
                .page(PAGE)
                .raise();
        }
        listed
    }

    pub fn id(&self, who: Who) -> LeaseId {
        self.rows[who].id
    }

    fn expired(&self, who: Who) -> Expired {
        let Row { id, service, endpoint, .. } = &self.rows[who];
        Expired { lease: *id, service: service.clone(), endpoint: endpoint.clone() }
    }

    /// A failure with the timeline in it.
    pub fn failure(&self, symptom: impl std::fmt::Display) -> Failure {
        let left_out = self.lines.len().saturating_sub(SHOWN);
        let mut shown = self.lines[left_out..].join("\n");
        if left_out > 0 {
            shown = format!("(… {left_out} steps before)\n{shown}");
        }
        Failure::new(symptom).show("what was done", shown)
    }

    /// Calls your table; a panic is a failure of the test.
    #[track_caller]
    fn told<T>(&mut self, call: &str, work: impl FnOnce(&mut LeaseTable) -> T) -> T {
        let table = &mut self.table;
        match catch_unwind(AssertUnwindSafe(|| work(table))) {
            Ok(value) => value,
            Err(panic) if is_open_hole(&*panic) || is_time_out(&*panic) => resume_unwind(panic),
            Err(panic) => self
                .failure(format_args!("`{call}` panicked: the registry is down, for everybody."))
                .expected("a value")
                .got(format_args!("a panic: {}", text_of(&*panic).unwrap_or("(no text)")))
                .because(
                    "Ids and times come from strangers. A lease may be over, unknown, or asked for for \
                     longer than an `Instant` can hold.",
                )
                .page(PAGE)
                .raise(),
        }
    }
}

fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

fn is_open_hole(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with("not yet implemented"))
}

fn is_time_out(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.contains(TIMED_OUT))
}

/// a, b, … z, lease 26, …
pub fn name(who: Who) -> String {
    match u8::try_from(who) {
        Ok(index @ 0..26) => char::from(b'a' + index).to_string(),
        _ => format!("lease {who}"),
    }
}

/// `+9999.999 ms`, as wide as the others.
fn moment(at: u64) -> String {
    let (whole, part) = (at / 1000, at % 1000);
    let text = if part == 0 { format!("+{whole} ms") } else { format!("+{whole}.{part:03} ms") };
    format!("{text:<9}")
}

fn row_of(items: &[String]) -> String {
    if items.is_empty() { "nobody".to_owned() } else { items.join(", ") }
}

pub fn key(text: &str) -> ServiceKey {
    ServiceKey::parse(text).expect("a test's own key is one")
}
