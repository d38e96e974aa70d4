//! One spelling for all: recoding is idempotent, keeps the bytes, and sorts as what it writes.
#![no_main]

use countersign::wire::percent::{self, PATH, UNRESERVED};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (Vec<u8>, Vec<u8>)| {
    let recoded = |text: &[u8], kept| {
        let mut out = Vec::new();
        percent::recode(text, kept, &mut out);
        out
    };
    let (a, b) = data;
    for kept in [&PATH, &UNRESERVED] {
        let once = recoded(&a, kept);
        assert_eq!(recoded(&once, kept), once);
        assert_eq!(percent::decode(&once), percent::decode(&a));
        assert_eq!(percent::is_encoded(&a, kept), once == a);
        assert_eq!(percent::cmp_recoded(&a, &b, kept), once.cmp(&recoded(&b, kept)));
    }
});
