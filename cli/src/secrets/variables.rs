//! Environment variables: this program's own, and those of the vendors' tools.

use super::{Found, Variables, Wanted};
use crate::trouble::SecretSource;
use countersign::SecretKey;
use zeroize::Zeroizing;

const OWN_ID: &str = "COUNTERSIGN_ACCESS_KEY_ID";
const OWN_SECRET: &str = "COUNTERSIGN_SECRET_KEY";
const OWN_TOKEN: &str = "COUNTERSIGN_SESSION_TOKEN";

/// The variables of one pair.
struct Names {
    provider: &'static str,
    id: &'static str,
    secret: &'static str,
    token: Option<&'static str>,
}

/// As the vendors' SDKs and tools read them, in the order they are looked at.
static VENDORS: [Names; 7] = [
    Names { provider: "s3", id: "AWS_ACCESS_KEY_ID", secret: "AWS_SECRET_ACCESS_KEY", token: Some("AWS_SESSION_TOKEN") },
    Names {
        provider: "oss",
        id: "ALIBABA_CLOUD_ACCESS_KEY_ID",
        secret: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        token: Some("ALIBABA_CLOUD_SECURITY_TOKEN"),
    },
    Names { provider: "oss", id: "OSS_ACCESS_KEY_ID", secret: "OSS_ACCESS_KEY_SECRET", token: Some("OSS_SESSION_TOKEN") },
    Names { provider: "kodo", id: "QINIU_ACCESS_KEY", secret: "QINIU_SECRET_KEY", token: None },
    Names { provider: "cos", id: "COS_SECRET_ID", secret: "COS_SECRET_KEY", token: Some("COS_TOKEN") },
    Names { provider: "cos", id: "TENCENTCLOUD_SECRET_ID", secret: "TENCENTCLOUD_SECRET_KEY", token: None },
    Names { provider: "ks3", id: "KS3_ACCESS_KEY_ID", secret: "KS3_SECRET_KEY", token: None },
];

/// The variables with a secret that are looked at for a provider.
pub fn names(provider: &str) -> Vec<&'static str> {
    let vendors = VENDORS.iter().filter(|names| names.provider == provider).map(|names| names.secret);
    [OWN_SECRET].into_iter().chain(vendors).collect()
}

/// The pair in this program's own variables.
pub fn own(variables: Variables<'_>) -> Option<Found> {
    let secret = secret(variables, OWN_SECRET)?;
    let (id, token) = own_id_and_token(variables);
    Some(Found { id, secret, token, source: SecretSource::Variable(OWN_SECRET) })
}

/// What goes with a secret that says nothing of its owner.
pub fn own_id_and_token(variables: Variables<'_>) -> (Option<String>, Option<Zeroizing<String>>) {
    (text(variables, OWN_ID), text(variables, OWN_TOKEN).map(Zeroizing::new))
}

/// The pair in the vendor's variables: the one with the id that is wanted, else the first.
pub fn vendors(wanted: &Wanted<'_>, variables: Variables<'_>) -> Option<Found> {
    let found = VENDORS.iter().filter(|names| names.provider == wanted.provider).filter_map(|names| {
        let secret = secret(variables, names.secret)?;
        let token = names.token.and_then(|name| text(variables, name)).map(Zeroizing::new);
        Some(Found { id: text(variables, names.id), secret, token, source: SecretSource::Variable(names.secret) })
    });
    let mut found: Vec<_> = found.collect();
    let best = found.iter().position(|found| found.id.as_deref() == wanted.id).unwrap_or_default();
    (best < found.len()).then(|| found.swap_remove(best))
}

/// Every secret in a variable, whosever it is.
pub fn all(variables: Variables<'_>) -> impl Iterator<Item = SecretKey> {
    [OWN_SECRET].into_iter().chain(VENDORS.iter().map(|names| names.secret)).filter_map(move |name| secret(variables, name))
}

/// A variable that is empty counts as not set.
fn text(variables: Variables<'_>, name: &str) -> Option<String> {
    variables(name)?.into_string().ok().filter(|text| !text.is_empty())
}

fn secret(variables: Variables<'_>, name: &str) -> Option<SecretKey> {
    let secret = SecretKey::new(variables(name)?.into_encoded_bytes());
    (!secret.is_empty()).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Need;
    use std::ffi::OsString;

    fn found<'a>(provider: &'a str, id: Option<&'a str>, set: &[(&str, &str)]) -> Option<(&'static str, usize, Option<String>)> {
        let variables = |name: &str| set.iter().find(|(own, _)| *own == name).map(|(_, value)| OsString::from(value));
        let wanted = Wanted { provider, id, need: Need::Required, prompt: None };
        vendors(&wanted, &variables).map(|found| match found.source {
            SecretSource::Variable(name) => (name, found.secret.len(), found.id),
            _ => panic!("found elsewhere"),
        })
    }

    #[test]
    fn each_vendor_is_asked_for_its_own_variables() {
        for names in &VENDORS {
            let set = [(names.id, "id"), (names.secret, "four")];
            assert_eq!(found(names.provider, Some("id"), &set), Some((names.secret, 4, Some("id".into()))));
            let others = VENDORS.iter().filter(|other| other.provider != names.provider);
            assert!(others.into_iter().all(|other| found(other.provider, Some("id"), &set).is_none()));
        }
    }

    #[test]
    fn the_pair_of_the_wanted_id_comes_first() {
        let set = [
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "a"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "1"),
            ("OSS_ACCESS_KEY_ID", "b"),
            ("OSS_ACCESS_KEY_SECRET", "22"),
        ];
        assert_eq!(found("oss", Some("b"), &set).map(|found| found.1), Some(2));
        assert_eq!(found("oss", Some("c"), &set).map(|found| found.1), Some(1));
        assert_eq!(found("oss", None, &set).map(|found| found.1), Some(1));
        assert_eq!(found("oss", None, &[("OSS_ACCESS_KEY_SECRET", "")]), None);
    }
}
