//! Qiniu's own crates.

use super::LIFE;
use countersign_bench::inputs::{ID, SECRET};
use http_0_2::Uri;
use qiniu_credential::Credential;
use qiniu_upload_token::{GetPolicyOptions, StaticUploadTokenProvider, ToStringOptions, UploadPolicy, UploadTokenProvider as _};

/// An upload token of `qiniu-credential` for a policy that is JSON already.
pub fn qiniu_ready(policy: &'static str) -> impl FnMut() -> String {
    let credential = Credential::new(ID, SECRET);
    move || credential.sign_with_data(policy.as_bytes())
}

/// An upload token of `qiniu-upload-token`, its policy built.
pub fn qiniu_built() -> impl FnMut() -> String {
    let credential = Credential::new(ID, SECRET);
    move || {
        let policy = UploadPolicy::new_for_object("photos", "u/1042/a.jpg", LIFE).build();
        let provider = policy.into_dynamic_upload_token_provider(credential.clone());
        provider.to_token_string(ToStringOptions::default()).expect("a sound policy").into_owned()
    }
}

/// Upload tokens of `qiniu-upload-token` for many keys, one by one.
pub fn qiniu_many(keys: Vec<String>) -> impl FnMut(&mut dyn FnMut(String)) {
    let credential = Credential::new(ID, SECRET);
    move |take| {
        let token = |key: &String| {
            let policy = UploadPolicy::new_for_object("photos", key.as_str(), LIFE).build();
            let provider = policy.into_dynamic_upload_token_provider(credential.clone());
            provider.to_token_string(ToStringOptions::default()).expect("a sound policy").into()
        };
        keys.iter().map(token).for_each(take);
    }
}

/// Whether `qiniu-upload-token` finds a bucket in a token.
pub fn qiniu_decoded(token: String) -> impl FnMut() -> bool {
    move || {
        let provider = StaticUploadTokenProvider::new(token.clone());
        provider.policy(GetPolicyOptions::default()).expect("a sound token").bucket().is_some()
    }
}

/// A private download link of `qiniu-credential`.
pub fn qiniu_private_url(url: &str) -> impl FnMut() -> Uri + use<> {
    let credential = Credential::new(ID, SECRET);
    let url: Uri = url.parse().expect("a sound URL");
    move || credential.sign_download_url(url.clone(), LIFE)
}
