//! The service: what it knows, and what it tells its operator.

use crate::{
    api,
    policy::UploadPolicy,
    storage::Signing,
    ticket::{Ticket, TicketFault, TicketKey},
};
use axum::Router;
use countersign::{Credentials, Timestamp};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use std::{
    num::NonZeroU32,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// Parts that are signed in one answer at most.
pub const PARTS_AT_ONCE: usize = 100;

/// Issues uploads by a policy. Holds no state beyond the counts of the rate limit.
pub struct Service {
    pub(crate) policy: UploadPolicy,
    who: Credentials,
    tickets: TicketKey,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    watch: Box<dyn Fn(&Event<'_>) + Send + Sync>,
    rates: DefaultKeyedRateLimiter<Asker>,
    pub(crate) package: Option<PathBuf>,
}

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Asker {
    User(String),
    /// Everyone whose token is wrong: there is no telling them apart behind a proxy.
    Stranger,
}

/// A request that was answered, for a log. Nothing in it is secret; the path is the caller's.
#[derive(Debug)]
#[non_exhaustive]
pub struct Event<'e> {
    /// The verb.
    pub method: &'e str,
    /// The path, without its query.
    pub path: &'e str,
    /// The status it was answered with.
    pub status: u16,
    /// Why it was refused.
    pub code: Option<&'static str>,
    /// Who asked.
    pub user: Option<&'e str>,
    /// The key that was issued.
    pub key: Option<&'e str>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Service {
    /// A service by this policy, which signs for `who`. It takes the time of this machine.
    #[must_use]
    pub fn new(policy: UploadPolicy, who: Credentials, tickets: TicketKey) -> Self {
        let rate = NonZeroU32::new(policy.requests_per_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            rates: RateLimiter::keyed(Quota::per_minute(rate)),
            policy,
            who,
            tickets,
            clock: Box::new(system_time),
            watch: Box::new(|_| ()),
            package: None,
        }
    }

    /// Takes the time from there.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Tells of every request that was answered.
    #[must_use]
    pub fn watched_by(mut self, watch: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.watch = Box::new(watch);
        self
    }

    /// Serves the folder of the npm package below `/package/`, from where the page loads the explanation.
    #[must_use]
    pub fn with_package(mut self, folder: PathBuf) -> Self {
        self.package = Some(folder);
        self
    }

    /// Everything it answers.
    pub fn router(self) -> Router {
        api::router(Arc::new(self))
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn tell(&self, event: &Event<'_>) {
        (self.watch)(event);
    }

    /// Whose token it is, if the rate allows; else the seconds to wait.
    pub(crate) fn admit(&self, token: &str) -> Result<Option<String>, u64> {
        let user = self.policy.users.find(token).map(str::to_owned);
        let asker = user.clone().map_or(Asker::Stranger, Asker::User);
        match self.rates.check_key(&asker) {
            Ok(()) => Ok(user),
            Err(until) => Err(until.wait_time_from(self.rates.clock().now()).as_secs() + 1),
        }
    }

    pub(crate) fn signing(&self) -> Signing<'_> {
        Signing { who: &self.who, at: self.now(), life: self.policy.life }
    }

    pub(crate) fn seal(&self, ticket: &Ticket) -> String {
        self.tickets.seal(ticket)
    }

    pub(crate) fn open(&self, ticket: &str, user: &str) -> Result<Ticket, TicketFault> {
        self.tickets.open(ticket, user, self.now())
    }
}

fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
