//! The policies and forms of the SDKs' vectors: each policy reads, and each form meets its own policy.

use countersign::{
    Credentials, Encoding, Form, Hints, SecretKey, SignError, Terms, Timestamp, Verification,
    policy::{Dialect, FilePart, Policy, PolicyBuilder, Submission, evaluate, lint},
    providers, sign_form, verify,
};
use countersign_tests::load;

/// The vectors of KS3 hold the fields of the signature alone, and the page's example of COS lacks two others.
fn is_incomplete(dialect: Dialect, id: &str) -> bool {
    dialect == Dialect::Ks3 || id == "cos-post-doc"
}

#[test]
fn forms_of_the_sdks_meet_their_policies() {
    let mut accepted = 0;
    for dialect in Dialect::ALL {
        for case in load(dialect.provider()).cases.into_iter().filter(|case| case.scheme.contains("post")) {
            let text = ["policy_text", "policy_json", "policy"].iter().find_map(|name| case.rest.get(*name)?.as_str()).unwrap();
            let policy = Policy::parse(text.as_bytes(), dialect).unwrap_or_else(|e| panic!("{}: {e}", case.id));
            let fields = case.fields();
            let field = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("policy")).unwrap();
            assert_eq!(Policy::decode(field.1.as_bytes(), dialect).as_ref(), Ok(&policy), "{}", case.id);
            if is_incomplete(dialect, &case.id) {
                continue;
            }
            let form = Submission::to(case.bucket.as_deref().unwrap());
            let form = fields.iter().fold(form, |form, (name, value)| form.field(name, value));
            let size = if case.id.contains("range0") { 0 } else { 1 };
            let form = form.file(FilePart::new(size).named("photo.jpg"));
            if let Err(refusal) = evaluate(&policy, &form, case.clock()) {
                panic!("{}: {refusal}", case.id);
            }
            accepted += 1;
        }
    }
    assert_eq!(accepted, 48);
}

/// A page's whole way: build, sign, send, verify, judge.
#[test]
fn what_is_built_and_signed_is_accepted() {
    let now = Timestamp::from_unix(1_773_500_966);
    for id in ["s3-v4-post", "s3-v2-post", "oss-post-v1", "oss-post-v4", "ks3-post", "cos-post"] {
        for token in [None, Some("madeUpToken==")] {
            let scheme = providers::scheme(id).unwrap();
            let dialect = Dialect::of_provider(scheme.provider()).unwrap();
            let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisTest"));
            let who = token.into_iter().fold(who, |who, token| who.with_token(token));
            let terms = Terms::at(now).region("cn-hangzhou").expires_in(900);
            let builder = PolicyBuilder::new(dialect, now.plus(900)).bucket("photos").starts_with("key", "u/").size(1..=1024);
            let signing = builder.signing_with(scheme, &who, &terms);
            if id == "ks3-post" && token.is_some() {
                // Its forms have no field for a token.
                assert!(matches!(signing, Err(SignError::Terms(_))));
                continue;
            }
            let json = signing.unwrap().build().unwrap();
            let policy = Encoding::Base64.encode(json.as_bytes());
            let form = Form::new().field("key", "u/${filename}").field("policy", &policy);
            let signed = sign_form(scheme, &form, &who, &terms).unwrap();
            let form = signed.fields.iter().fold(form, |form, (name, value)| form.field(name, value));

            assert!(
                matches!(verify(&form.clone().into(), who.secret(), &Hints::default()), Ok(Verification::Matches(_))),
                "{id}"
            );
            let policy = Policy::parse(json.as_bytes(), dialect).unwrap();
            assert_eq!(lint(&policy, Some(&form), now), [], "{id}");
            let sent = Submission::of(&form, "photos").file(FilePart::new(1024).named("cat.jpg"));
            if let Err(refusal) = evaluate(&policy, &sent, now) {
                panic!("{id}: {refusal}");
            }
        }
    }
}
