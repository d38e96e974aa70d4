//! Upload tokens for many policies or many keys, signed with one secret that is set up once.

use super::{
    contradictions,
    fields::{UploadScope, Value},
    problem::Problem,
    put_policy::{PolicyError, PutPolicy},
    upload_token::{fill, sealer, upload_token_len},
};
use crate::{
    crypto::{Sha1Hash, Signs},
    phrase::words,
    secret::Credentials,
    wire::json::write_name,
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

/// Writes the upload tokens for many ready policies, one behind the other, and where each of them ends.
///
/// Nothing is checked, as with [`sign_policy`](super::sign_policy). Nothing is allocated for a token but room in the
/// two lists, if they have none.
///
/// ```
/// use countersign::{Credentials, SecretKey, providers::kodo};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let policies = [r#"{"scope":"photos:a","deadline":1730773438}"#, r#"{"scope":"photos:b","deadline":1730773438}"#];
///
/// let (mut tokens, mut ends) = (Vec::new(), Vec::new());
/// kodo::write_upload_tokens(policies, &who, &mut tokens, &mut ends);
/// assert_eq!(&tokens[ends[0]..ends[1]], kodo::sign_policy(policies[1].as_bytes(), &who).as_bytes());
/// ```
pub fn write_upload_tokens(
    policies: impl IntoIterator<Item: AsRef<[u8]>>,
    who: &Credentials,
    tokens: &mut Vec<u8>,
    ends: &mut Vec<usize>,
) {
    let sealer = sealer(who);
    for policy in policies {
        push(policy.as_ref(), who, sealer.clone(), tokens, ends);
    }
}

impl PutPolicy<'_> {
    /// Writes an upload token for each of these keys, one behind the other, and where each of them ends. All but the key
    /// is as in this policy, which must be one [for a key](Self::for_key): made into tokens for keys, one for a bucket
    /// or a prefix would allow to overwrite what it protects.
    ///
    /// ```
    /// use countersign::{Credentials, SecretKey, Timestamp, providers::kodo::PutPolicy};
    ///
    /// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    /// let deadline = Timestamp::from_unix(1_730_773_438);
    /// let policy = PutPolicy::for_key("photos", "any", deadline).fsize_limit(10 << 20).build()?;
    ///
    /// let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    /// policy.tokens_for_keys(["2024/a.jpg", "2024/b.jpg"], &who, &mut tokens, &mut ends)?;
    /// let second = PutPolicy::for_key("photos", "2024/b.jpg", deadline).fsize_limit(10 << 20).build()?.token(&who);
    /// assert_eq!(&tokens[ends[0]..ends[1]], second.as_bytes());
    /// # Ok::<(), countersign::providers::kodo::PolicyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When this policy is for a bucket or a prefix, or a key is too long. The tokens of those before it are written.
    pub fn tokens_for_keys<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k str>,
        who: &Credentials,
        tokens: &mut Vec<u8>,
        ends: &mut Vec<usize>,
    ) -> Result<(), PolicyError> {
        let own = self.scope_of_one_key().map_err(|problem| PolicyError::of([problem].into()))?;
        let sealer = sealer(who);
        let whole = self.to_json();
        let mut json = String::with_capacity(2 * whole.len());
        write_scope(own, &mut json);
        // Policies begin with it.
        let rest = whole.strip_prefix(&*json).ok_or_else(|| PolicyError::of([Problem::Missing { field: "scope" }].into()))?;
        for key in keys {
            let scope = UploadScope { bucket: Cow::Borrowed(&own.bucket), key: Some(Cow::Borrowed(key)) };
            let mut problems = Vec::new();
            contradictions::scope(&scope, &mut problems);
            if !problems.is_empty() {
                return Err(PolicyError::of(problems));
            }
            json.clear();
            write_scope(&scope, &mut json);
            json.push_str(rest);
            push(json.as_bytes(), who, sealer.clone(), tokens, ends);
        }
        Ok(())
    }

    fn scope_of_one_key(&self) -> Result<&UploadScope<'_>, Problem> {
        let fields = self.fields();
        let scope = fields.scope.as_ref().ok_or(Problem::Missing { field: "scope" })?;
        if scope.key.is_none() {
            return Err(Problem::Value {
                field: "scope",
                expected: words!("a bucket and a key"),
                found: scope.bucket.clone().into(),
            });
        }
        match fields.is_prefixal_scope.filter(|is_prefix| *is_prefix != 0) {
            Some(found) => {
                let expected = words!("0: these tokens are for one key each");
                Err(Problem::Value { field: "isPrefixalScope", expected, found: found.to_string() })
            }
            None => Ok(scope),
        }
    }
}

/// Writes the beginning of a policy, which is its scope.
fn write_scope(scope: &UploadScope<'_>, json: &mut String) {
    write_name("scope", json);
    scope.write(json);
}

fn push(policy: &[u8], who: &Credentials, sealer: <Sha1Hash as Signs>::Sealer, tokens: &mut Vec<u8>, ends: &mut Vec<usize>) {
    let start = tokens.len();
    tokens.resize(start + upload_token_len(policy.len(), who), 0);
    fill(policy, who, sealer, tokens.get_mut(start..).unwrap_or_default());
    ends.push(tokens.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{providers::kodo::sign_policy, secret::SecretKey, time::Timestamp};

    const DEADLINE: Timestamp = Timestamp::from_unix(1_730_773_438);

    fn pieces<'t>(tokens: &'t [u8], ends: &[usize]) -> Vec<&'t [u8]> {
        let starts = core::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| &tokens[start..*end]).collect()
    }

    #[test]
    fn every_token_is_the_one_that_is_made_alone() {
        let keys = ["a.jpg", "2024/\u{65e5} \"quoted\\.jpg", "", "a:b"];
        for who in [Credentials::new("ak", SecretKey::new("sk")), Credentials::new("ak", SecretKey::new("sk")).prepared()] {
            let policies = ["{}", "", r#"{"scope":"b"}"#];
            let (mut tokens, mut ends) = (Vec::new(), Vec::new());
            write_upload_tokens(policies, &who, &mut tokens, &mut ends);
            let alone: Vec<_> = policies.iter().map(|policy| sign_policy(policy.as_bytes(), &who)).collect();
            assert_eq!(pieces(&tokens, &ends), alone.iter().map(String::as_bytes).collect::<Vec<_>>());

            for template in [
                PutPolicy::for_key("photos", "", DEADLINE),
                PutPolicy::for_key("photos", "x\"y", DEADLINE).callback("https://h/", "k=$(key)"),
                PutPolicy::for_key("photos", "2024/", DEADLINE).end_user("u").insert_only(),
            ] {
                let template = template.build().unwrap();
                let (mut tokens, mut ends) = (Vec::new(), Vec::new());
                template.tokens_for_keys(keys, &who, &mut tokens, &mut ends).unwrap();
                let alone = keys.map(|key| {
                    let mut fields = template.fields().clone();
                    fields.scope = Some(UploadScope { bucket: "photos".into(), key: Some(key.into()) });
                    PutPolicy::of(fields).unwrap().token(&who)
                });
                assert_eq!(pieces(&tokens, &ends), alone.each_ref().map(String::as_bytes));
            }
        }
    }

    #[test]
    fn a_key_that_is_too_long_ends_the_list() {
        let who = Credentials::new("ak", SecretKey::new("sk"));
        let policy = PutPolicy::for_key("photos", "a", DEADLINE).build().unwrap();
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        let long = "k".repeat(751);
        let refused = policy.tokens_for_keys(["a", &long, "b"], &who, &mut tokens, &mut ends).unwrap_err();
        assert_eq!(refused.problems(), [Problem::KeyTooLong { len: 751 }]);
        assert_eq!(refused.to_string(), Problem::KeyTooLong { len: 751 }.to_string());
        assert_eq!(ends, [tokens.len()]);
    }

    /// Such a policy protects what is there already; one for a key does not.
    #[test]
    fn no_right_is_widened() {
        let who = Credentials::new("ak", SecretKey::new("sk"));
        for (policy, field) in [
            (PutPolicy::for_bucket("photos", DEADLINE), "scope"),
            (PutPolicy::for_prefix("photos", "2024/", DEADLINE), "isPrefixalScope"),
        ] {
            let (mut tokens, mut ends) = (Vec::new(), Vec::new());
            let refused = policy.build().unwrap().tokens_for_keys(["a"], &who, &mut tokens, &mut ends).unwrap_err();
            assert!(matches!(refused.problems(), [Problem::Value { field: named, .. }] if *named == field), "{refused}");
            assert!(tokens.is_empty() && ends.is_empty());
        }
    }
}
