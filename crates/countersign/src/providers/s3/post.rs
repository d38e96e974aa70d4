//! Upload forms of S3, in Signature Versions 4 and 2.
//!
//! Follows "Browser-Based Uploads Using POST" (sigv4-HTTPPOSTConstructPolicy, sigv4-post-example) and, for
//! version 2, "Browser-Based Uploads Using POST" of the Developer Guide (HTTPPOSTForms), read 2026-11.

use super::v4::RULES;
use crate::family::form::{IdForm, V4Fields, V4Form};

/// The field with a session token, in both versions.
const TOKEN: &str = "x-amz-security-token";

/// `s3-v4-post`: fields `x-amz-algorithm` to `x-amz-signature`.
///
/// ```
/// use countersign::{Credentials, Encoding, Form, SecretKey, Terms, Timestamp, providers::s3, sign_form};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let policy = Encoding::Base64.encode(br#"{"expiration":"2026-03-14T16:00:00Z","conditions":[{"bucket":"photos"}]}"#);
/// let form = Form::new().field("key", "a.jpg").field("policy", &policy);
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966));
///
/// let signed = sign_form(&s3::V4_POST, &form, &who, &terms.clone().region("us-east-1"))?;
/// let names: Vec<_> = signed.fields.iter().map(|(name, _)| name).collect();
/// assert_eq!(names, ["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"]);
///
/// // The key is made for one region.
/// assert!(sign_form(&s3::V4_POST, &form, &who, &terms).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub static V4_POST: V4Form = V4Form {
    id: "s3-v4-post",
    provider: "s3",
    rules: &RULES,
    fields: V4Fields {
        algorithm: "x-amz-algorithm",
        credential: "x-amz-credential",
        date: "x-amz-date",
        token: TOKEN,
        signature: "x-amz-signature",
    },
};

/// `s3-v2-post`: fields `AWSAccessKeyId`, `policy` and `signature`.
pub static V2_POST: IdForm = IdForm {
    id: "s3-v2-post",
    provider: "s3",
    key_id: "AWSAccessKeyId",
    is_key_id_exact: false,
    token: Some(TOKEN),
    signature: "signature",
};
