//! The key made from the secret by other steps than the scheme's, or used as the message.

use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        sealing::{How, KeyMaking, Links, Sealing},
        signed::lossy,
    },
    phrase::{Phrase, phrase},
};
use alloc::vec::Vec;

/// Which step of a V4 key has its arguments in each other's place.
static SWAPPED: [Phrase; 4] = [
    phrase!("in the step for the date"),
    phrase!("in the step for the region"),
    phrase!("in the step for the service"),
    phrase!("in the step for the terminator"),
];

pub(super) fn swapped(context: &Context<'_>, edits: &mut Edits<'_>) {
    let right = right(context);
    let mut attempt = |key: KeyMaking, how: How, what: Phrase| {
        // What does not end in a plain HMAC is worked out in full for every text: alone, where two texts are hashed.
        let is_slow = how != How::Mac && context.transcript.documents.len() > 1;
        let edit = Edit::new().sealing(Sealing { hash: right.hash, key, how }).fact("what", what);
        edits.push(if is_slow { edit.alone() } else { edit });
    };
    attempt(right.key.clone(), How::SwappedMac, phrase!("where the string is signed"));
    if let KeyMaking::Chain { prefix, steps, .. } = &right.key {
        let chain = |links| KeyMaking::Chain { prefix: prefix.clone(), steps: steps.clone(), links };
        attempt(chain(Links::Swapped), How::SwappedMac, phrase!("in every step"));
        attempt(chain(Links::Swapped), How::Mac, phrase!("in every step that makes the key"));
        for (step, what) in SWAPPED.iter().enumerate().take(steps.len()) {
            attempt(chain(Links::SwappedAt(step)), How::Mac, what.clone());
        }
    }
}

/// Constants of other vendors, left over in code that was taken from them.
static PREFIXES: [&str; 2] = ["AWS4", "aliyun_v4"];
static TERMINATORS: [&str; 2] = ["aws4_request", "aliyun_v4_request"];

/// Wrong orders of the first three steps.
static ORDERS: [([usize; 3], Phrase); 5] = [
    ([1, 0, 2], phrase!("the steps are in the order region, date, service")),
    ([0, 2, 1], phrase!("the steps are in the order date, service, region")),
    ([2, 1, 0], phrase!("the steps are in the order service, region, date")),
    ([1, 2, 0], phrase!("the steps are in the order region, service, date")),
    ([2, 0, 1], phrase!("the steps are in the order service, date, region")),
];

pub(super) fn derivation(context: &Context<'_>, edits: &mut Edits<'_>) {
    let right = right(context);
    let KeyMaking::Chain { prefix, steps, .. } = &right.key else { return };
    let [date, region, service, terminator] = steps.as_slice() else { return };
    let mut attempt = |key: KeyMaking, what: Phrase| {
        let sealing = Sealing { hash: right.hash, key, how: right.how };
        edits.push(Edit::new().sealing(sealing).fact("what", what));
    };
    let mut chain = |prefix: &[u8], steps: &[&Vec<u8>], links: Links, what: Phrase| {
        let steps = steps.iter().map(|step| (*step).clone()).collect();
        attempt(KeyMaking::Chain { prefix: prefix.to_vec(), steps, links }, what);
    };
    let usual = [date, region, service, terminator];
    chain(b"", &usual, Links::Raw, phrase!("the prefix `{right}` is missing before the secret").data("right", lossy(prefix)));
    for other in PREFIXES.iter().filter(|other| other.as_bytes() != prefix) {
        let what = phrase!("the prefix is `{used}` instead of `{right}`").data("used", *other).data("right", lossy(prefix));
        chain(other.as_bytes(), &usual, Links::Raw, what);
    }
    let what = phrase!("each step used the hexadecimal text of the one before instead of its bytes");
    chain(prefix, &usual, Links::Hex, what);
    for (order, what) in &ORDERS {
        let steps: Vec<_> = order.iter().filter_map(|step| usual.get(*step).copied()).chain([terminator]).collect();
        chain(prefix, &steps, Links::Raw, what.clone());
    }
    let what = phrase!("the last step, `{right}`, is left out").data("right", lossy(terminator));
    chain(prefix, &[date, region, service], Links::Raw, what);
    for other in TERMINATORS.iter().filter(|other| other.as_bytes() != terminator.as_slice()) {
        let other = other.as_bytes().to_vec();
        let what = phrase!("the last step is `{used}` instead of `{right}`");
        let what = what.data("used", lossy(&other)).data("right", lossy(terminator));
        chain(prefix, &[date, region, service, &other], Links::Raw, what);
    }
    if let Some(long) = context.claim.time_text.as_ref().filter(|long| ***long != **date) {
        let what = phrase!("the first step is `{used}` instead of the date `{right}`");
        let what = what.data("used", lossy(long)).data("right", lossy(date));
        chain(prefix, &[&long.to_vec(), region, service, terminator], Links::Raw, what);
    }
    attempt(KeyMaking::Secret, phrase!("the secret itself is the key"));
}

/// The scope does not end as the vendor's scopes do, which is refused even if the key was made so, too.
pub(super) fn terminator_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let KeyMaking::Chain { prefix, steps, .. } = right(context).key else { return };
    let Some(used) = steps.last() else { return };
    // Every vendor's last word is the prefix of the key in small letters, and this.
    let wanted = [&*prefix.to_ascii_lowercase(), b"_request"].concat();
    if *used != wanted {
        let what = phrase!("the last step is `{used}` instead of `{right}`");
        let what = what.data("used", lossy(used)).data("right", lossy(&wanted));
        notes.push(Note::seen().refused().fact("what", what).shows(Some(lossy(used)), Some(lossy(&wanted))));
    }
}

fn right(context: &Context<'_>) -> Sealing {
    Sealing::of(&context.claim.scheme.seal(context.claim))
}
