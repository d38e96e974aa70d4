//! KS3 upload forms: the encoded policy is signed, and nothing else.
//!
//! Follows documents 42321 and 27936 of docs.ksyun.com and the form functions of the SDKs for Java,
//! PHP, Node.js and browsers.

use super::v2::ID;
use crate::family::form::IdForm;

/// `ks3-post`: fields `KSSAccessKeyId`, `policy` and `signature`.
///
/// The first is the only name whose case matters: PHP and the documents write `Policy` and `Signature`.
pub static POST: IdForm =
    IdForm { id: "ks3-post", provider: "ks3", key_id: ID, is_key_id_exact: true, token: None, signature: "signature" };
