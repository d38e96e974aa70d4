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
    let mut reasons = Vec::new();
    form(submission, dialect, &mut reasons);
    signing(submission, dialect.rules(), &mut reasons);
    against(policy, submission, now, &mut reasons);
    match reasons.into_iter().next() {
        Some(reason) => Err(Refusal::new(dialect, reason)),
        None => Ok(()),
    }
}

/// What is known of the signature of a form: [`judge`] computes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// It is that of the policy and the secret.
    Right,
    /// It is another one.
    Wrong,
    /// Nobody has looked.
    Unknown,
}

/// A form with its policy, judged to the end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Judgement {
    /// The policy in the form; `None` when there is none, or none that can be read.
    pub policy: Option<Policy>,
    /// Everything the vendor's server would refuse the form for, in its order: it answers with the first.
    pub refusals: Vec<Refusal>,
}

/// Judges a form as it was sent, with its policy and what is known of its signature.
///
/// Where [`evaluate`] stops as the server does, this goes on, so that one correction does not merely uncover
/// the next fault. What only follows from a fault already named is left out.
///
/// ```
/// use countersign::{Encoding, Timestamp, policy::{Dialect, FilePart, Reason, Signed, Submission, judge}};
///
/// let policy = br#"{"expiration": "2026-03-14T16:00:00Z", "conditions": [
///     {"bucket": "photos"}, ["starts-with", "$key", "u/"], ["content-length-range", 1, 1024]]}"#;
/// let policy = Encoding::Base64.encode(policy);
/// let form = Submission::to("photos").field("key", "v/a").field("policy", &policy).field("OSSAccessKeyId", "id");
/// let form = form.field("Signature", "c2ln").file(FilePart::new(2048));
///
/// let now = Timestamp::from_unix(1_773_500_966);
/// let judgement = judge(&form, Dialect::Oss, Signed::Wrong, now);
/// let codes: Vec<_> = judgement.refusals.iter().map(|refusal| refusal.reason.code()).collect();
/// assert_eq!(codes, ["signature-wrong", "policy-condition-failed", "policy-condition-failed"]);
///
/// // To a server, what stands behind the file is not there.
/// let form = Submission::to("photos").field("key", "u/a").file(FilePart::new(1)).field("q-ak", "id");
/// let judgement = judge(&form, Dialect::Cos, Signed::Unknown, now);
/// assert_eq!(judgement.refusals[0].reason, Reason::BehindFile("q-ak".into()));
/// ```
#[must_use]
pub fn judge(submission: &Submission<'_>, dialect: Dialect, signed: Signed, now: Timestamp) -> Judgement {
    let mut reasons = Vec::new();
    form(submission, dialect, &mut reasons);
    signing(submission, dialect.rules(), &mut reasons);
    signing_behind_file(submission, dialect.rules(), &mut reasons);
    if signed == Signed::Wrong {
        reasons.push(Reason::SignatureDiffers);
    }
    // That it is empty was said.
    let field = submission.value(POLICY).filter(|text| !text.trim_ascii().is_empty());
    let policy = match field.map(|text| Policy::decode(text, dialect)) {
        Some(Ok(policy)) => {
            against(&policy, submission, now, &mut reasons);
            Some(policy)
        }
        Some(Err(fault)) => {
            reasons.push(Reason::PolicyUnreadable(fault));
            None
        }
        None => None,
    };
    Judgement { policy, refusals: reasons.into_iter().map(|reason| Refusal::new(dialect, reason)).collect() }
}

/// What a form must be before anybody looks at a policy.
fn form(submission: &Submission<'_>, dialect: Dialect, reasons: &mut Vec<Reason>) {
    let rules = dialect.rules();
    // Nobody reads on behind a field that is too long.
    let mut total = Ok(0);
    for (name, value) in submission.fields() {
        total = total.and_then(|before| lengths(rules, name, value, before));
    }
    reasons.extend(total.err());
    let count = submission.files().count();
    if count == 0 {
        reasons.push(Reason::FileCount(0));
    }
    // The key is missed when the file begins, before anybody knows of a second file.
    if submission.value("key").is_none() {
        reasons.push(Reason::KeyMissing);
    }
    if count > 1 {
        reasons.push(Reason::FileCount(count));
    }
    // The samples of OSS send a button behind the file; the others are not known to mind anything there.
    if dialect == Dialect::Oss
        && let Some(name) = submission.fields_behind_file().find(|name| *name != "submit")
    {
        reasons.push(Reason::BehindFile(name.into()));
    }
    if let (Some(file), Some(max)) = (submission.file_part(), rules.limits.file)
        && file.size > max
    {
        reasons.push(Reason::OverPostLimit { size: file.size, max });
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
fn signing(submission: &Submission<'_>, rules: &Rules, reasons: &mut Vec<Reason>) {
    let has = |name: &str| submission.value(name).is_some();
    match signing_of(rules, has) {
        None if has(POLICY) => reasons.push(Reason::Unsigned),
        None => {}
        Some(signing) => reasons.extend(signing.needed.iter().filter_map(|name| match submission.value(name) {
            None => Some(Reason::SigningFieldMissing(name)),
            Some(value) if value.trim_ascii().is_empty() => Some(Reason::SigningFieldEmpty(name)),
            Some(_) => None,
        })),
    }
}

/// A form whose signature stands behind the file is one without, to a server.
fn signing_behind_file(submission: &Submission<'_>, rules: &Rules, reasons: &mut Vec<Reason>) {
    let is_behind = |name: &str| submission.fields_behind_file().any(|own| own.eq_ignore_ascii_case(name));
    let is_said = reasons.iter().any(|reason| matches!(reason, Reason::BehindFile(_)));
    let is_signed = signing_of(rules, |name| submission.value(name).is_some()).is_some();
    if let Some(signing) = signing_of(rules, is_behind).filter(|_| !is_signed && !is_said) {
        reasons.push(Reason::BehindFile(signing.mark.into()));
    }
}

/// The form against its policy.
fn against(policy: &Policy, submission: &Submission<'_>, now: Timestamp, reasons: &mut Vec<Reason>) {
    expiration(policy, now, reasons);
    let demanded = policy.dialect.rules().demanded.iter().copied();
    let missing = demanded.filter(|name| policy.conditions_on(name).next().is_none());
    reasons.extend(missing.map(Reason::ConditionMissing));
    for condition in &policy.conditions {
        // A field that is missing was named when it was missed.
        let is_known = reasons.iter().any(|reason| reason.is_absence_of(condition.field.as_str()));
        let failed = meets(condition, submission, policy.dialect).err();
        reasons.extend(failed.filter(|reason| !(is_known && matches!(reason, Reason::ConditionFailed { found: None, .. }))));
    }
    let implied = policy.dialect.rules().implied.iter().copied();
    let names: Vec<_> = submission.fields().map(|(name, _)| name).chain(implied).collect();
    reasons.extend(uncovered(policy, &names).map(|name| Reason::ExtraField(name.into())));
    encryption(submission, policy.dialect, reasons);
    size(policy, submission, reasons);
}

fn expiration(policy: &Policy, now: Timestamp, reasons: &mut Vec<Reason>) {
    let expiration = &policy.expiration;
    if expiration.zone != Zone::Utc {
        reasons.push(Reason::ExpirationNotUtc(expiration.text.clone()));
    } else if now > expiration.time {
        reasons.push(Reason::Expired { ended: expiration.time, now });
    }
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
    Err(Reason::ConditionFailed { field: name.into(), quoted: condition.quoted(), wanted, found })
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

fn encryption(submission: &Submission<'_>, dialect: Dialect, reasons: &mut Vec<Reason>) {
    let value = submission.value("x-oss-server-side-encryption").filter(|_| dialect == Dialect::Oss);
    match value {
        None | Some(b"AES256" | b"KMS") => {}
        Some(other) => reasons.push(Reason::EncryptionUnknown(String::from_utf8_lossy(other).to_string())),
    }
}

fn size(policy: &Policy, submission: &Submission<'_>, reasons: &mut Vec<Reason>) {
    let Some(file) = submission.file_part() else { return };
    let size = match policy.dialect.rules().measured {
        Measured::File => file.size,
        Measured::Content => submission.measured_content(),
    };
    for condition in &policy.conditions {
        let Test::Length(Some(range)) = &condition.test else { continue };
        let (min, max) = (*range.start(), *range.end());
        if size < min {
            reasons.push(Reason::TooSmall { size, min });
        } else if size > max {
            reasons.push(Reason::TooLarge { size, max });
        }
    }
}
