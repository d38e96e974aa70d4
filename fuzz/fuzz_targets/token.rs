//! Any text is taken apart as an upload token, whatever is signed comes back, and tokens made for many are those made one by one.
#![no_main]

use countersign::{
    Credentials, SecretKey, Timestamp,
    providers::kodo::{self, PutPolicy, UploadToken},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], Vec<&[u8]>, &str, Vec<&str>)| {
    let (token, policies, user, keys) = input;
    let _ = UploadToken::decode(token);

    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretForFuzzing"));
    let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    kodo::write_upload_tokens(&policies, &who, &mut tokens, &mut ends);
    let single = policies.iter().map(|policy| kodo::sign_policy(policy, &who));
    assert_eq!(parted(&tokens, &ends), single.map(String::into_bytes).collect::<Vec<_>>());
    for (policy, token) in policies.iter().zip(parted(&tokens, &ends)) {
        assert_eq!(UploadToken::decode(&token).policy_text.unwrap_or_default(), *policy);
    }

    let deadline = Timestamp::from_unix(1_730_773_438);
    let policy = |key| PutPolicy::for_key("photos", key, deadline).end_user(user).build();
    let Ok(any) = policy("any") else { return };
    let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    let made = any.tokens_for_keys(keys.iter().copied(), &who, &mut tokens, &mut ends);
    let single: Vec<_> = keys.iter().map_while(|key| policy(*key).ok()).map(|policy| policy.token(&who).into_bytes()).collect();
    assert_eq!(made.is_ok(), single.len() == keys.len());
    assert_eq!(parted(&tokens, &ends), single);
});

fn parted(tokens: &[u8], ends: &[usize]) -> Vec<Vec<u8>> {
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| tokens[start..*end].to_vec()).collect()
}
