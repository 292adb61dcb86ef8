//! Act 6: who sees a call first, who refuses it, who tries again.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch03_codec::shop::Shop;
use ch04_proxy::filters::{RequireToken, Retry, Timing, Token};
use ch04_proxy::orders::{OrderService, OrderServiceStub, order_service_skeleton};
use ch04_proxy::{CallError, Chain, Filter, Invocation, Invoker, Reply, Server, Status};
use demo_kit::Failure;
use serde_json::{Value, json};

use super::{client, items, port};

/// What happened, in order; how deep is how many filters a call is inside of.
#[derive(Clone, Default)]
struct Story(Arc<Mutex<Vec<String>>>);

impl Story {
    fn tell(&self, line: String) {
        self.0.lock().expect("no code panics while it holds this lock").push(line);
    }
}

/// Says when a call comes by, and when its reply does.
struct Named {
    name: &'static str,
    depth: usize,
    story: Story,
}

// ANCHOR: named
impl Filter for Named {
    fn call(&self, invocation: &Invocation, next: &dyn Invoker) -> Result<Reply, CallError> {
        let indent = "  ".repeat(self.depth);
        self.story.tell(format!("{indent}{} ▶ {}", self.name, invocation.method()));
        let result = next.invoke(invocation);
        let how = result.as_ref().map_or_else(ToString::to_string, |reply| reply.status.to_string());
        self.story.tell(format!("{indent}{} ◀ {how}", self.name));
        result
    }
}
// ANCHOR_END: named

pub fn play(out: &mut dyn Write) -> Result<Value, Failure> {
    let story = Story::default();
    let named = |name, depth| Named { name, depth, story: story.clone() };
    let timing = Arc::new(Timing::new());

    // The server is busy for the first two calls. They never ran, so they may come again.
    let busy = AtomicU32::new(2);
    let be_busy = move |invocation: &Invocation, next: &dyn Invoker| -> Result<Reply, CallError> {
        match busy.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(Reply::new(Status::BUSY, "too many requests wait for a worker")),
            Err(_) => next.invoke(invocation),
        }
    };
    let skeleton = order_service_skeleton(Arc::new(Shop::default()));
    let server = Server::builder()
        .filter(named("server, outer", 3))
        .filter(RequireToken::new("s3cret"))
        .filter(be_busy)
        .filter(named("server, inner", 4))
        .service(skeleton)
        .start(port()?)?;

    let pauses: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let (noted, waiting) = (Arc::clone(&pauses), story.clone());
    let retry = Retry::with_sleep(3, Duration::from_millis(50), move |pause| {
        noted.lock().expect("as above").push(pause);
        waiting.tell(format!("    (a pause of {pause:?})"));
    });
    let filters: Vec<Arc<dyn Filter>> = vec![
        Arc::clone(&timing) as _,
        Arc::new(named("client, outer", 0)),
        Arc::new(retry),
        Arc::new(Token::new("s3cret")?),
        Arc::new(named("client, inner", 2)),
    ];
    let connection = client(server.address());
    let orders = OrderServiceStub::new(Arc::new(Chain::new(filters, Arc::clone(&connection))));
    let id = orders.place_order("Ann", &items(), None)?;

    let lines = story.0.lock().expect("as above").clone();
    for line in &lines {
        writeln!(out, "  {line}")?;
    }
    let times = timing.times();
    let counted = times.get("OrderService.place_order").ok_or("nobody was timed")?;
    writeln!(
        out,
        "\n  place_order gave {id}: three attempts, one order; timed from outside: {} call",
        counted.calls
    )?;

    let stranger = OrderServiceStub::new(connection);
    let refusal = stranger.get_order(id).err().ok_or("a stranger has read an order")?;
    writeln!(out, "  without the token: {refusal} ({})", refusal.outcome())?;
    server.stop()?;
    let pauses: Vec<u128> = pauses.lock().expect("as above").iter().map(Duration::as_millis).collect();
    Ok(json!({
        "story": lines,
        "pauses_ms": pauses,
        "calls": counted.calls,
        "id": id,
        "refusal": refusal.status().map(|status| status.0),
    }))
}
