//! The desk: where JavaScript writes what it asks, and reads what it is answered.
//!
//! Glue that passes strings costs more than signing does, in size and in time. So nothing but numbers is passed: the
//! caller asks for room, writes its question there, says how long it is, and reads the answer where it lies. Keys stay here
//! and are called by their number.

use countersign::{Credentials, SecretKey};
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

struct Desk {
    question: Vec<u8>,
    answer: Vec<u8>,
    keys: Vec<Option<Credentials>>,
}

thread_local! {
    static DESK: RefCell<Desk> = const { RefCell::new(Desk { question: Vec::new(), answer: Vec::new(), keys: Vec::new() }) };
}

/// Room for a question of so many bytes. It stays where it is until more room is asked for.
#[wasm_bindgen]
#[must_use]
pub fn room(len: usize) -> *const u8 {
    DESK.with_borrow_mut(|desk| {
        if desk.question.len() < len {
            desk.question.resize(len, 0);
        }
        desk.question.as_ptr()
    })
}

/// Where the last answer is.
#[wasm_bindgen]
#[must_use]
pub fn answer() -> *const u8 {
    DESK.with_borrow(|desk| desk.answer.as_ptr())
}

/// Takes a key: its id, its token (an empty one is none) and its secret, one behind the other. They are wiped there.
#[wasm_bindgen]
#[must_use]
pub fn key(id: usize, token: usize, secret: usize) -> usize {
    let written = id + token + secret;
    DESK.with_borrow_mut(|Desk { question, keys, .. }| {
        let mut rest = question.as_slice();
        let mut next = |len| {
            let (taken, behind) = rest.split_at_checked(len).unwrap_or_default();
            rest = behind;
            taken
        };
        let (id, token) = (text(next(id)).to_owned(), text(next(token)).to_owned());
        let credentials = Credentials::new(id, SecretKey::new(next(secret)));
        // Forms are signed now and then.
        #[cfg(any(feature = "kodo", feature = "requests"))]
        let credentials = credentials.prepared();
        // A request of another time may have had a body, and been much longer; it held no secret.
        let wiped = if cfg!(feature = "requests") { written } else { question.len() };
        question.iter_mut().take(wiped).for_each(Zeroize::zeroize);
        let taken = Some(if token.is_empty() { credentials } else { credentials.with_token(token) });
        let place = keys.iter().position(Option::is_none).unwrap_or(keys.len());
        if place == keys.len() {
            keys.push(None);
        }
        if let Some(place) = keys.get_mut(place) {
            *place = taken;
        }
        place
    })
}

/// Text of a question. To check all of UTF-8 once more takes a twentieth of a small file.
pub(crate) fn text(bytes: &[u8]) -> &str {
    // SAFETY: strings come from JavaScript by `TextEncoder.encodeInto`, which writes UTF-8 and nothing else, and are cut where
    // it ended or at NUL or `;`. The strings that wasm-bindgen passes by itself rest on the same.
    unsafe { str::from_utf8_unchecked(bytes) }
}

/// Wipes a key.
#[wasm_bindgen]
pub fn free(key: usize) {
    DESK.with_borrow_mut(|desk| {
        if let Some(place) = desk.keys.get_mut(key) {
            *place = None;
        }
    });
}

/// Answers a question of `len` bytes with a key; how long the answer is, which is nothing where there is no such key.
pub(crate) fn answered(key: usize, len: usize, work: impl FnOnce(&Credentials, &[u8], &mut Vec<u8>)) -> usize {
    DESK.with_borrow_mut(|Desk { question, answer, keys }| {
        answer.clear();
        if let (Some(Some(who)), Some(question)) = (keys.get(key), question.get(..len)) {
            work(who, question, answer);
        }
        answer.len()
    })
}

/// Answers a question of `len` bytes that needs no key; how long the answer is.
#[cfg(feature = "kodo")]
pub(crate) fn looked_up(len: usize, find: impl FnOnce(&str) -> &'static str) -> usize {
    DESK.with_borrow_mut(|Desk { question, answer, .. }| {
        answer.clear();
        answer.extend_from_slice(question.get(..len).map(text).map(find).unwrap_or_default().as_bytes());
        answer.len()
    })
}
