//! Tickets: what the service must know of an upload in parts, kept by the caller and sealed against changes.

use crate::storage::Grant;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use countersign::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// An upload in parts that was allowed.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Ticket {
    pub user: String,
    pub key: String,
    pub size: u64,
    pub part_size: u64,
    #[serde(rename = "type")]
    pub content_type: String,
    /// Seconds since 1970.
    pub ends: i64,
}

/// Why a ticket is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketFault {
    /// It was not sealed with this key, or was changed.
    Unknown,
    Expired,
    /// It was issued to another user.
    NotYours,
}

/// The key tickets are sealed with. Services that are to take each other's tickets share one.
pub struct TicketKey(Zeroizing<Vec<u8>>);

/// Bytes of a key at least.
const MIN_KEY: usize = 32;
/// A longer ticket is none of ours.
const MAX_TICKET: usize = 4096;

impl TicketKey {
    /// A key of this process alone: tickets end with it.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut key = Zeroizing::new(vec![0; MIN_KEY]);
        getrandom::fill(&mut key)?;
        Ok(Self(key))
    }

    /// A key that was given; `None` when it is shorter than 32 bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let key = Zeroizing::new(bytes.into());
        (key.len() >= MIN_KEY).then_some(Self(key))
    }

    pub(crate) fn seal(&self, ticket: &Ticket) -> String {
        let json = serde_json::to_vec(ticket).unwrap_or_default();
        let body = URL_SAFE_NO_PAD.encode(json);
        let seal = URL_SAFE_NO_PAD.encode(self.mac(&body).finalize().into_bytes());
        format!("{body}.{seal}")
    }

    pub(crate) fn open(&self, text: &str, user: &str, now: Timestamp) -> Result<Ticket, TicketFault> {
        let (body, seal) = text.split_once('.').filter(|_| text.len() <= MAX_TICKET).ok_or(TicketFault::Unknown)?;
        let seal = URL_SAFE_NO_PAD.decode(seal).map_err(|_| TicketFault::Unknown)?;
        self.mac(body).verify_slice(&seal).map_err(|_| TicketFault::Unknown)?;
        let json = URL_SAFE_NO_PAD.decode(body).map_err(|_| TicketFault::Unknown)?;
        let ticket: Ticket = serde_json::from_slice(&json).map_err(|_| TicketFault::Unknown)?;
        if ticket.user != user {
            Err(TicketFault::NotYours)
        } else if ticket.ends <= now.unix() {
            Err(TicketFault::Expired)
        } else {
            Ok(ticket)
        }
    }

    fn mac(&self, body: &str) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of every length");
        mac.chain_update(b"countersign ticket 1\n").chain_update(body)
    }
}

impl Ticket {
    pub fn grant(&self) -> Grant<'_> {
        Grant { key: &self.key, size: self.size, content_type: &self.content_type }
    }

    /// How many parts there are.
    pub fn parts(&self) -> u64 {
        self.size.div_ceil(self.part_size.max(1)).max(1)
    }

    /// The size of a part, counted from 1; `None` for one that is not there.
    pub fn size_of(&self, number: u64) -> Option<u64> {
        let before = number.checked_sub(1).filter(|_| number <= self.parts())? * self.part_size;
        Some((self.size - before).min(self.part_size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_773_500_966);

    fn ticket() -> Ticket {
        Ticket {
            user: "alice".into(),
            key: "u/alice/\u{952e}.bin".into(),
            size: 25,
            part_size: 10,
            content_type: "a/b".into(),
            ends: NOW.unix() + 60,
        }
    }

    #[test]
    fn a_ticket_is_good_for_its_user_until_its_end() {
        let key = TicketKey::random().unwrap();
        let text = key.seal(&ticket());
        assert_eq!(key.open(&text, "alice", NOW), Ok(ticket()));
        assert_eq!(key.open(&text, "bob", NOW), Err(TicketFault::NotYours));
        assert_eq!(key.open(&text, "alice", NOW.plus(60)), Err(TicketFault::Expired));
        assert_eq!(TicketKey::random().unwrap().open(&text, "alice", NOW), Err(TicketFault::Unknown));
    }

    #[test]
    fn no_changed_ticket_is_taken() {
        let key = TicketKey::random().unwrap();
        let text = key.seal(&ticket());
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(key.open(&changed, "alice", NOW), Err(TicketFault::Unknown), "at {at}");
        }
        for text in ["", ".", "a.b", &text[..text.len() - 1], &"a.".repeat(5000)] {
            assert_eq!(key.open(text, "alice", NOW), Err(TicketFault::Unknown), "{text}");
        }
    }

    #[test]
    fn parts_make_up_the_file() {
        let sizes: Vec<_> = (0..5).map(|number| ticket().size_of(number)).collect();
        assert_eq!(sizes, [None, Some(10), Some(10), Some(5), None]);
        assert_eq!(Ticket { size: 20, ..ticket() }.size_of(2), Some(10));
        assert_eq!(Ticket { size: 20, ..ticket() }.parts(), 2);
    }
}
