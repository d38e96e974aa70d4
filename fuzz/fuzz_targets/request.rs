//! Any bytes read as a request: no panic, parts cover the signed text, and the recorded text seals to
//! the streamed signature.
#![no_main]

use countersign::{Hints, Request, SecretKey, Subject, Verification, decode, transcript, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(request) = Request::parse(data) else { return };
    let subject = Subject::from(request);
    let Ok(claim) = decode(&subject, &Hints::default()) else { return };
    let secret = SecretKey::new("madeUpSecretForFuzzing");
    let verified = verify(&subject, &secret, &Hints::default());
    let Ok(written) = transcript(&subject, &claim) else {
        assert!(verified.is_err(), "a signature without a text");
        return;
    };
    assert!(matches!(verified, Ok(Verification::Matches(_) | Verification::Differs { .. })));
    for document in &written.documents {
        let mut at = 0;
        for part in &document.parts {
            assert!(part.start >= at && part.start - at <= 1 && part.end >= part.start);
            at = part.end;
        }
        assert_eq!(at, document.text.len());
    }
});
