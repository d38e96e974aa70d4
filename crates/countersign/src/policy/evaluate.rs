//! Holding a form against its policy, as the vendor's server does it and in its order.
//!
//! First the form itself: lengths, the number of files, `key`, the fields of a signature. Then the policy:
//! its end, conditions one after the other, fields that no condition covers. Last what shows only when the
//! file has come in: its size. No vendor publishes an order; this one follows from a form being read
//! from front to back, and from recorded answers of S3.

use super::{
    Dialect, Policy,
    condition::{Condition, FieldName, Test},
    dialect::{BareName, Cover, EmptyPrefix, Filename, Measured, POLICY, Repeated, Rules, Signing, lists},
    parse::Zone,
    refusal::{Reason, Refusal},
    submission::Submission,
};
use crate::time::Timestamp;
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

/// Says whether a form meets its policy at the time `now`.
///
/// The signature is another question: see [`verify`](crate::verify()). A form that carries no field of a
/// signature at all is taken for one that is still to be signed; one that carries some must carry all.
///
/// ```
/// use countersign::{Timestamp, policy::{Dialect, FilePart, Policy, Submission, evaluate}};
///
/// let policy = br#"{"expiration": "2026-03-14T16:00:00Z", "conditions": [
///     {"bucket": "photos"}, ["starts-with", "$key", "u/"], ["content-length-range", 1, 1024]]}"#;
/// let policy = Policy::parse(policy, Dialect::S3)?;
/// let now = Timestamp::from_unix(1_773_500_966);
/// let form = Submission::to("photos").field("key", "u/${filename}");
///
/// let fits = form.clone().file(FilePart::new(1024).named("cat.jpg"));
/// assert!(evaluate(&policy, &fits, now).is_ok());
///
/// // S3 wants a condition for every field.
/// let extra = form.clone().field("name", "cat.jpg").file(FilePart::new(1024));
/// let refusal = evaluate(&policy, &extra, now).unwrap_err();
/// assert_eq!(refusal.answer.message.as_deref(), Some("Invalid according to Policy: Extra input fields: name"));
///
/// let refusal = evaluate(&policy, &form.file(FilePart::new(1025)), now).unwrap_err();
/// assert_eq!(refusal.answer.code, Some("EntityTooLarge"));
/// # Ok::<(), countersign::policy::PolicyFault>(())
/// ```
///
/// # Errors
///
/// The first refusal, with the reason and the answer of the vendor's server.
pub fn evaluate(policy: &Policy, submission: &Submission<'_>, now: Timestamp) -> Result<(), Refusal> {
    let dialect = policy.dialect;
    let checks = || {
        form(submission, dialect)?;
        signing(submission, dialect.rules())?;
        expiration(policy, now)?;
        conditions(policy, submission)?;
        covered(policy, submission)?;
        encryption(submission, dialect)?;
        size(policy, submission)
    };
    checks().map_err(|reason| Refusal::new(dialect, reason))
}

/// What a form must be before anybody looks at a policy.
fn form(submission: &Submission<'_>, dialect: Dialect) -> Result<(), Reason> {
    let rules = dialect.rules();
    let mut total = 0;
    for (name, value) in submission.fields() {
        total = lengths(rules, name, value, total)?;
    }
    // The key is missed when the file begins, before anybody knows of a second file.
    let file = submission.file_part().ok_or(Reason::FileCount(0))?;
    if submission.value("key").is_none() {
        return Err(Reason::KeyMissing);
    }
    match submission.files().count() {
        1 => {}
        count => return Err(Reason::FileCount(count)),
    }
    // The samples of OSS send a button behind the file; the others are not known to mind anything there.
    if dialect == Dialect::Oss
        && let Some(name) = submission.fields_behind_file().find(|name| *name != "submit")
    {
        return Err(Reason::BehindFile(name.into()));
    }
    match rules.limits.file {
        Some(max) if file.size > max => Err(Reason::OverPostLimit { size: file.size, max }),
        _ => Ok(()),
    }
}

/// Checks one field against the limits; gives the length of all fields so far.
pub(super) fn lengths(rules: &Rules, name: &str, value: &[u8], before: usize) -> Result<usize, Reason> {
    let limits = rules.limits;
    if let Some(limit) = limits.name.filter(|limit| name.len() > *limit) {
        return Err(Reason::NameTooLong(limit));
    }
    if let Some(limit) = limits.value.filter(|limit| value.len() > *limit) {
        return Err(Reason::ValueTooLong { field: name.into(), limit });
    }
    let total = before.saturating_add(name.len()).saturating_add(value.len());
    match limits.fields.filter(|limit| total > *limit) {
        Some(limit) => Err(Reason::FieldsTooLong(limit)),
        None => Ok(total),
    }
}

/// The way the form is signed, if it carries its mark or any other field of it.
pub(super) fn signing_of(rules: &Rules, has: impl Fn(&str) -> bool) -> Option<&'static Signing> {
    let signings = rules.signings.iter();
    let marked = signings.clone().find(|signing| has(signing.mark));
    marked.or_else(|| signings.clone().find(|signing| signing.needed.iter().any(|name| *name != POLICY && has(name))))
}

/// As soon as one field of a signature is there, all must be, and say something.
fn signing(submission: &Submission<'_>, rules: &Rules) -> Result<(), Reason> {
    let has = |name: &str| submission.value(name).is_some();
    let Some(signing) = signing_of(rules, has) else {
        return if has(POLICY) { Err(Reason::Unsigned) } else { Ok(()) };
    };
    for name in signing.needed {
        match submission.value(name) {
            None => return Err(Reason::SigningFieldMissing(name)),
            Some(value) if value.trim_ascii().is_empty() => return Err(Reason::SigningFieldEmpty(name)),
            Some(_) => {}
        }
    }
    Ok(())
}

fn expiration(policy: &Policy, now: Timestamp) -> Result<(), Reason> {
    let expiration = &policy.expiration;
    if expiration.zone != Zone::Utc {
        return Err(Reason::ExpirationNotUtc(expiration.text.clone()));
    }
    if now > expiration.time { Err(Reason::Expired { ended: expiration.time, now }) } else { Ok(()) }
}

fn conditions(policy: &Policy, submission: &Submission<'_>) -> Result<(), Reason> {
    let demanded = policy.dialect.rules().demanded.iter();
    if let Some(name) = demanded.copied().find(|name| policy.conditions_on(name).next().is_none()) {
        return Err(Reason::ConditionMissing(name));
    }
    policy.conditions.iter().try_for_each(|condition| meets(condition, submission, policy.dialect))
}

fn meets(condition: &Condition, submission: &Submission<'_>, dialect: Dialect) -> Result<(), Reason> {
    let rules = dialect.rules();
    let name = condition.field.as_str();
    let value = seen_value(name, submission, rules);
    let met = match (&condition.field, &condition.test, &value) {
        (_, Test::Length(range), _) => range.is_some(),
        (FieldName::Bare(_), ..) if rules.bare_name == BareName::Fails => false,
        (_, Test::StartsWith(prefix), None) => prefix.is_empty() && rules.empty_prefix == EmptyPrefix::Met,
        (_, _, None) => false,
        (_, test, Some(value)) => test.is_met_by(name, value, dialect),
    };
    if met {
        return Ok(());
    }
    let wanted = match &condition.test {
        Test::Equals(text) | Test::StartsWith(text) => text.clone(),
        Test::In(list) | Test::NotIn(list) => list.join(","),
        Test::Length(_) => String::new(),
    };
    let found = value.map(|value| String::from_utf8_lossy(&value).into_owned());
    Err(Reason::ConditionFailed { field: name.into(), quoted: condition.quoted.clone(), wanted, found })
}

/// The value a condition on `name` looks at.
fn seen_value<'a>(name: &str, submission: &Submission<'a>, rules: &Rules) -> Option<Cow<'a, [u8]>> {
    if name.eq_ignore_ascii_case("bucket") {
        return Some(Cow::Borrowed(submission.bucket().as_bytes()));
    }
    let name = rules.renamed.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or(name, |(_, field)| field);
    let expands = match rules.filename {
        Filename::InAllFields => true,
        Filename::InKey => name.eq_ignore_ascii_case("key"),
        Filename::Later => false,
    };
    let values = submission.fields().filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let mut values = values.map(|value| if expands { submission.with_filename(value) } else { Cow::Borrowed(value) });
    let first = values.next()?;
    match rules.repeated {
        Repeated::First => Some(first),
        Repeated::Joined => Some(values.fold(first, |mut joined, value| {
            joined.to_mut().push(b',');
            joined.to_mut().extend_from_slice(&value);
            joined
        })),
    }
}

fn covered(policy: &Policy, submission: &Submission<'_>) -> Result<(), Reason> {
    let fields = submission.fields().map(|(name, _)| name);
    let implied = policy.dialect.rules().implied.iter().copied();
    let names: Vec<_> = fields.chain(implied).collect();
    match uncovered(policy, &names).next() {
        Some(name) => Err(Reason::ExtraField(name.into())),
        None => Ok(()),
    }
}

/// The fields that must have a condition and have none.
pub(super) fn uncovered<'n>(policy: &'n Policy, names: &'n [&'n str]) -> impl Iterator<Item = &'n str> {
    let rules = policy.dialect.rules();
    let has = |name: &str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    let signing = signing_of(rules, has);
    let must = move |name: &str| match (rules.cover, signing) {
        (Cover::Nothing, _) | (Cover::Signing, None) => false,
        (Cover::Signing, Some(signing)) => lists(signing.conditioned, name),
        (Cover::AllBut(free), signing) => {
            let own = |signing: &Signing| lists(signing.needed, name) && !lists(signing.conditioned, name);
            let of_signature = match signing {
                Some(signing) => own(signing),
                None => rules.signings.iter().any(own),
            };
            !lists(free, name) && !of_signature && !name.eq_ignore_ascii_case(POLICY)
        }
    };
    names.iter().copied().filter(move |name| must(name) && policy.conditions_on(name).next().is_none())
}

fn encryption(submission: &Submission<'_>, dialect: Dialect) -> Result<(), Reason> {
    let value = submission.value("x-oss-server-side-encryption").filter(|_| dialect == Dialect::Oss);
    match value {
        None | Some(b"AES256" | b"KMS") => Ok(()),
        Some(other) => Err(Reason::EncryptionUnknown(String::from_utf8_lossy(other).to_string())),
    }
}

fn size(policy: &Policy, submission: &Submission<'_>) -> Result<(), Reason> {
    let size = match policy.dialect.rules().measured {
        Measured::File => submission.file_part().map_or(0, |file| file.size),
        Measured::Content => submission.measured_content(),
    };
    for condition in &policy.conditions {
        let Test::Length(Some(range)) = &condition.test else { continue };
        let (min, max) = (*range.start(), *range.end());
        if size < min {
            return Err(Reason::TooSmall { size, min });
        }
        if size > max {
            return Err(Reason::TooLarge { size, max });
        }
    }
    Ok(())
}
