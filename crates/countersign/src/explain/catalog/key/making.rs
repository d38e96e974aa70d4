//! The key made from the secret by other steps than the scheme's, or used as the message.

use crate::explain::{
    context::Context,
    edit::{Edit, Edits},
    sealing::{How, KeyMaking, Links, Sealing},
};
use alloc::{format, string::String, vec::Vec};

/// The steps of a V4 key, by their places.
const STEPS: [&str; 4] = ["date", "region", "service", "terminator"];

fn name(step: usize) -> &'static str {
    STEPS.get(step).copied().unwrap_or_default()
}

pub(super) fn swapped(context: &Context<'_>, edits: &mut Edits<'_>) {
    let right = right(context);
    let mut attempt = |key: KeyMaking, how: How, what: String| {
        // What does not end in a plain HMAC is worked out in full for every text: alone, where two texts are hashed.
        let is_slow = how != How::Mac && context.transcript.documents.len() > 1;
        let edit = Edit::new().sealing(Sealing { hash: right.hash, key, how }).fact("what", what);
        edits.push(if is_slow { edit.alone() } else { edit });
    };
    attempt(right.key.clone(), How::SwappedMac, "where the string is signed".into());
    if let KeyMaking::Chain { prefix, steps, .. } = &right.key {
        let chain = |links| KeyMaking::Chain { prefix: prefix.clone(), steps: steps.clone(), links };
        attempt(chain(Links::Swapped), How::SwappedMac, "in every step".into());
        attempt(chain(Links::Swapped), How::Mac, "in every step that makes the key".into());
        for step in 0..steps.len() {
            attempt(chain(Links::SwappedAt(step)), How::Mac, format!("in the step for the {}", name(step)));
        }
    }
}

/// Constants of other vendors, left over in code that was taken from them.
static PREFIXES: [&str; 2] = ["AWS4", "aliyun_v4"];
static TERMINATORS: [&str; 2] = ["aws4_request", "aliyun_v4_request"];

pub(super) fn derivation(context: &Context<'_>, edits: &mut Edits<'_>) {
    let right = right(context);
    let KeyMaking::Chain { prefix, steps, .. } = &right.key else { return };
    let [date, region, service, terminator] = steps.as_slice() else { return };
    let mut attempt = |key: KeyMaking, what: String| {
        let sealing = Sealing { hash: right.hash, key, how: right.how };
        edits.push(Edit::new().sealing(sealing).fact("what", what));
    };
    let mut chain = |prefix: &[u8], steps: &[&Vec<u8>], links: Links, what: String| {
        let steps = steps.iter().map(|step| (*step).clone()).collect();
        attempt(KeyMaking::Chain { prefix: prefix.to_vec(), steps, links }, what);
    };
    let usual = [date, region, service, terminator];
    let shown = |text: &[u8]| format!("`{}`", String::from_utf8_lossy(text));
    chain(b"", &usual, Links::Raw, format!("the prefix {} is missing before the secret", shown(prefix)));
    for other in PREFIXES.iter().filter(|other| other.as_bytes() != prefix) {
        chain(other.as_bytes(), &usual, Links::Raw, format!("the prefix is `{other}` instead of {}", shown(prefix)));
    }
    chain(prefix, &usual, Links::Hex, "each step used the hexadecimal text of the one before instead of its bytes".into());
    for order in [[1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let steps: Vec<_> = order.iter().filter_map(|step| usual.get(*step).copied()).chain([terminator]).collect();
        let names = order.map(name);
        chain(prefix, &steps, Links::Raw, format!("the steps are in the order {}", names.join(", ")));
    }
    chain(prefix, &[date, region, service], Links::Raw, format!("the last step, {}, is left out", shown(terminator)));
    for other in TERMINATORS.iter().filter(|other| other.as_bytes() != terminator.as_slice()) {
        let other = other.as_bytes().to_vec();
        let what = format!("the last step is {} instead of {}", shown(&other), shown(terminator));
        chain(prefix, &[date, region, service, &other], Links::Raw, what);
    }
    if let Some(long) = context.claim.time_text.as_ref().filter(|long| ***long != **date) {
        let what = format!("the first step is {} instead of the date {}", shown(long), shown(date));
        chain(prefix, &[&long.to_vec(), region, service, terminator], Links::Raw, what);
    }
    attempt(KeyMaking::Secret, "the secret itself is the key".into());
}

fn right(context: &Context<'_>) -> Sealing {
    Sealing::of(&context.claim.scheme.seal(context.claim))
}
