//! Upload forms made of nothing but their policy.

use crate::{error::SignError, secret::Credentials, terms::Terms};

/// Takes a field: its name, and its value in pieces.
pub type TakeField<'t> = dyn FnMut(&'static str, &[&[u8]]) + 't;

/// A scheme that makes a form of its policy, as [`kodo::sign_policy`](crate::providers::kodo::sign_policy) makes a token.
///
/// [`sign_form`](crate::sign_form()) completes any form, and takes what the form has already. This needs a fraction of its
/// code, for programs that a page has to load.
pub trait UploadScheme: Sync {
    /// Signs a policy as it is, byte for byte, and gives the fields that carry it to `take`, in order: the policy in
    /// Base64 comes first, the signature last. `key` and `file` are the caller's to add.
    ///
    /// Nothing is checked: a policy for V4 or COS must demand the fields that are made here already, as
    /// [`PolicyBuilder::signing_with`](crate::policy::PolicyBuilder::signing_with) writes it. The key is derived anew each
    /// time, whatever [`Credentials::prepared`] keeps: who signs many forms asks a [`Signer`](crate::Signer).
    ///
    /// ```
    /// use countersign::{Credentials, SecretKey, Terms, Timestamp, UploadScheme, providers::ks3};
    ///
    /// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    /// let policy = r#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"}]}"#;
    /// let terms = Terms::at(Timestamp::from_unix(1_773_500_966));
    ///
    /// let mut fields = Vec::new();
    /// ks3::POST.sign_policy(policy.as_bytes(), &who, &terms, &mut |name, value| fields.push((name, value.concat())))?;
    /// let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    /// assert_eq!(names, ["policy", "KSSAccessKeyId", "signature"]);
    /// # Ok::<(), countersign::SignError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the terms lack something the scheme needs (a region, for V4; a life, for COS), their time cannot be written, or
    /// the forms have no place for the session token of the credentials (KS3).
    fn sign_policy(&self, policy: &[u8], who: &Credentials, terms: &Terms<'_>, take: &mut TakeField<'_>)
    -> Result<(), SignError>;
}
