//! Any text is read or refused, what is found can be judged, and a rendered request reads back as the same.
#![no_main]

use countersign::{Hints, decode};
use countersign_capture::{Body, Thing, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(capture) = read(data) else { return };
    assert!(!capture.found.is_empty());
    for found in &capture.found {
        let Thing::Request(request) = &found.thing else { continue };
        let Ok(parsed) = request.parse() else { continue };
        let _ = decode(&parsed.clone().into(), &Hints::default());
        // With a length of its own, nothing behind the body can be taken for it, and nothing of it for an answer.
        let Body::Bytes(body) = &request.body else { continue };
        if parsed.headers_named("content-length").count() + parsed.headers_named("transfer-encoding").count() > 0 {
            continue;
        }
        let end = if request.head.ends_with(b"\r\n") { "\r\n" } else { "\n" };
        let mut stated = request.clone();
        stated.head.extend_from_slice(format!("Content-Length: {}{end}", body.len()).as_bytes());
        stated.transport = None;
        let Ok(again) = read(&stated.to_bytes()) else { panic!("{stated:?}") };
        let [only] = again.found.as_slice() else { panic!("{stated:?} {again:?}") };
        assert_eq!(only.thing, Thing::Request(stated));
    }
});
