//! Any text is read as a policy or refused, and what is read can be judged and looked through, beside any form.
#![no_main]

use countersign::{
    Form, Hints, Subject, Timestamp, decode,
    policy::{Dialect, Policy, Submission, evaluate, lint},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], Vec<(&str, &[u8])>, &[u8])| {
    let (text, fields, body) = input;
    let now = Timestamp::from_unix(1_777_624_380);
    let form = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, *value));
    let _ = decode(&Subject::from(form.clone()), &Hints::NONE);
    for dialect in [Dialect::Oss, Dialect::S3, Dialect::Cos, Dialect::Ks3] {
        let _ = Submission::parse(b"multipart/form-data; boundary=b", body, "photos", dialect);
        for policy in [Policy::parse(text, dialect), Policy::decode(text, dialect)].into_iter().flatten() {
            let _ = lint(&policy, Some(&form), now);
            let _ = evaluate(&policy, &Submission::of(&form, "photos"), now);
            // Base64 is a way to write it, and changes nothing.
            let encoded = countersign::Encoding::Base64.encode(text);
            if let Ok(read) = Policy::parse(text, dialect) {
                assert_eq!(format!("{:?}", Policy::decode(encoded.as_bytes(), dialect)), format!("{:?}", Ok::<_, ()>(read)));
            }
        }
    }
});
