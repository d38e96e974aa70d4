//! Why a form is refused, in our words and in those of the vendor's server.
//!
//! OSS: the table of "PostObject errors and troubleshooting" and the pages of the numbers. S3: its error
//! table and recorded answers, which differ from the table in places. COS: "POST Object", error codes.
//! KS3: the names of classes in the SDK for Java; no message of it is known.

use super::{
    dialect::Dialect,
    fault::{self, FaultKind, PolicyFault},
};
use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, Value, phrase, tell_in_english},
    time::Timestamp,
};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
};

/// A form that is refused.
///
/// ```
/// use countersign::policy::{Dialect, Reason, Refusal};
///
/// // What evaluation cannot know, a server can: that the signature is wrong.
/// let refusal = Refusal::new(Dialect::Oss, Reason::SignatureDiffers);
/// assert_eq!((refusal.answer.status, refusal.answer.code), (Some(403), Some("SignatureDoesNotMatch")));
/// assert_eq!(refusal.answer.ec, Some("0002-00000705"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What the server answers.
    pub answer: Box<VendorAnswer>,
}

/// Why a form is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The request is not `multipart/form-data`.
    NotMultipart,
    /// The `Content-Type` of the request has no boundary.
    BoundaryMissing,
    /// The body is not well-formed; what is wrong and where.
    Malformed {
        /// What is wrong.
        what: &'static str,
        /// Where, in bytes from the start of the body.
        at: usize,
    },
    /// The body has more parts than [`MAX_PARTS`](super::MAX_PARTS): a limit of this reader.
    TooManyParts,
    /// The file part has this header, which OSS does not take.
    FilePartHeader(String),
    /// The name of a field is longer than so many bytes.
    NameTooLong(usize),
    /// The value of this field is longer than so many bytes.
    ValueTooLong {
        /// The field.
        field: String,
        /// The limit.
        limit: usize,
    },
    /// The fields before the file are longer than so many bytes together.
    FieldsTooLong(usize),
    /// There is not exactly one file, but so many.
    FileCount(usize),
    /// This field stands behind the file.
    BehindFile(String),
    /// There is no `key` field before the file.
    KeyMissing,
    /// There is a policy and no signature.
    Unsigned,
    /// The form is signed, and this field that belongs to the signature is missing.
    SigningFieldMissing(&'static str),
    /// The form is signed, and this field that belongs to the signature is empty.
    SigningFieldEmpty(&'static str),
    /// The expiration is not in UTC, or does not say so.
    ExpirationNotUtc(String),
    /// The policy holds no longer.
    Expired {
        /// When it ended.
        ended: Timestamp,
        /// When the form came.
        now: Timestamp,
    },
    /// The policy lacks the condition on this field, which the vendor demands.
    ConditionMissing(&'static str),
    /// A condition is not met.
    ConditionFailed {
        /// The field it is about.
        field: String,
        /// The condition as the server quotes it.
        quoted: String,
        /// The value it wants: of all operators the operand, lists with commas.
        wanted: String,
        /// The value in the form; `None` when the form has no such field.
        found: Option<String>,
    },
    /// No condition covers this field.
    ExtraField(String),
    /// The upload is too small.
    TooSmall {
        /// Its size.
        size: u64,
        /// The smallest that is allowed.
        min: u64,
    },
    /// The upload is too large.
    TooLarge {
        /// Its size.
        size: u64,
        /// The largest that is allowed.
        max: u64,
    },
    /// The upload is larger than the vendor takes in a form, whatever the policy says.
    OverPostLimit {
        /// Its size.
        size: u64,
        /// The largest the vendor takes.
        max: u64,
    },
    /// `x-oss-server-side-encryption` is neither `AES256` nor `KMS`.
    EncryptionUnknown(String),
    /// The access key does not exist or is disabled, or its token is missing. Only a server knows.
    AccessKeyUnknown,
    /// The policy in the form cannot be read.
    PolicyUnreadable(PolicyFault),
    /// The signature is another one. Only the holder of the secret knows.
    SignatureDiffers,
    /// The holder of the key may not write there. Only a server knows.
    NoRight,
    /// `Content-MD5` is not that of the body. Only who has the whole body knows.
    DigestDiffers,
    /// The object exists and must not be replaced. Only a server knows.
    ObjectExists,
    /// The object is under a retention policy. Only a server knows.
    ObjectRetained,
}

impl Refusal {
    /// The answer to this fault.
    #[must_use]
    pub fn new(dialect: Dialect, reason: Reason) -> Self {
        let answer = match (&reason, dialect) {
            (Reason::TooManyParts, _) => VendorAnswer::UNKNOWN,
            (Reason::PolicyUnreadable(fault), _) => (*fault.answer).clone(),
            (_, Dialect::S3) => s3(&reason),
            (_, Dialect::Oss) => oss(&reason),
            (_, Dialect::Ks3) => ks3(&reason),
            (_, Dialect::Cos) => cos(&reason),
        };
        Self { reason, answer: Box::new(answer) }
    }
}

impl Reason {
    /// A name for it, which does not change. Those that the catalogue of causes has are the same there.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotMultipart
            | Self::BoundaryMissing
            | Self::Malformed { .. }
            | Self::TooManyParts
            | Self::FilePartHeader(_)
            | Self::NameTooLong(_)
            | Self::ValueTooLong { .. }
            | Self::FieldsTooLong(_)
            | Self::FileCount(_)
            | Self::OverPostLimit { .. }
            | Self::EncryptionUnknown(_) => "form-malformed",
            Self::BehindFile(_) | Self::KeyMissing => "policy-field-order",
            Self::Unsigned => "signature-missing",
            Self::SigningFieldMissing(_) | Self::SigningFieldEmpty(_) => "signature-field-missing",
            Self::ExpirationNotUtc(_) | Self::Expired { .. } => "policy-expired",
            Self::ConditionMissing(_) | Self::ConditionFailed { .. } | Self::TooSmall { .. } | Self::TooLarge { .. } => {
                "policy-condition-failed"
            }
            Self::ExtraField(_) => "policy-extra-field",
            Self::PolicyUnreadable(fault) => match fault.kind {
                FaultKind::NotBase64(_) => "policy-not-base64",
                _ => "policy-type-wrong",
            },
            Self::AccessKeyUnknown => "access-key-unknown",
            Self::SignatureDiffers => "signature-wrong",
            Self::NoRight => "no-right",
            Self::DigestDiffers => "digest-wrong",
            Self::ObjectExists => "object-exists",
            Self::ObjectRetained => "object-retained",
        }
    }

    /// Whether it is a limit of this reader, above what vendors are known to take: nobody knows what a server
    /// would say.
    #[must_use]
    pub const fn is_own_limit(&self) -> bool {
        match self {
            Self::TooManyParts => true,
            Self::PolicyUnreadable(fault) => matches!(fault.kind, FaultKind::TooLong | FaultKind::TooDeep),
            _ => false,
        }
    }

    /// The field it is about, if it is about one.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::ValueTooLong { field, .. } | Self::ConditionFailed { field, .. } => Some(field),
            Self::BehindFile(name) | Self::ExtraField(name) => Some(name),
            Self::SigningFieldMissing(name) | Self::SigningFieldEmpty(name) | Self::ConditionMissing(name) => Some(name),
            Self::KeyMissing => Some("key"),
            Self::FileCount(_) | Self::FilePartHeader(_) => Some("file"),
            Self::TooSmall { .. } | Self::TooLarge { .. } | Self::OverPostLimit { .. } => Some("file"),
            Self::EncryptionUnknown(_) => Some("x-oss-server-side-encryption"),
            Self::PolicyUnreadable(_) => Some("policy"),
            _ => None,
        }
    }

    /// Whether it says that the form has no field of this name.
    pub(super) fn is_absence_of(&self, name: &str) -> bool {
        let is_absence = matches!(self, Self::KeyMissing | Self::SigningFieldMissing(_));
        is_absence && self.field().is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

const NOT_WELL_FORMED: &str = "The body of your POST request is not well-formed multipart/form-data.";
const ONE_FILE: &str = "POST requires exactly one file upload per request.";
const NO_MATCH: &str = "The request signature we calculated does not match the signature you provided. \
    Check your key and signing method.";
const EXPIRED: &str = "Invalid according to Policy: Policy expired.";

fn failed(quoted: &str) -> String {
    format!("Invalid according to Policy: Policy Condition failed: {quoted}")
}

fn extra(name: &str) -> String {
    format!("Invalid according to Policy: Extra input fields: {name}")
}

fn s3(reason: &Reason) -> VendorAnswer {
    let denied = VendorAnswer::new(403, "AccessDenied");
    let argument = VendorAnswer::new(400, "InvalidArgument");
    let must_contain = |name: &str| {
        let message = format!(
            "Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields."
        );
        VendorAnswer::new(400, "InvalidArgument").message(message).element("ArgumentName", name).element("ArgumentValue", "")
    };
    match reason {
        Reason::NotMultipart => VendorAnswer::new(412, "PreconditionFailed")
            .message("At least one of the pre-conditions you specified did not hold")
            .element("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"),
        Reason::BoundaryMissing | Reason::Malformed { .. } => {
            VendorAnswer::new(400, "MalformedPOSTRequest").message(NOT_WELL_FORMED)
        }
        Reason::FieldsTooLong(limit) => VendorAnswer::new(400, "MaxPostPreDataLengthExceeded")
            .message("Your POST request fields preceeding the upload file was too large.")
            .element("MaxPostPreDataLengthBytes", limit.to_string()),
        Reason::FileCount(count) => {
            argument.message(ONE_FILE).element("ArgumentName", "file").element("ArgumentValue", count.to_string())
        }
        Reason::KeyMissing => must_contain("key"),
        Reason::SigningFieldMissing(name) => must_contain(name),
        Reason::Unsigned | Reason::NoRight => denied.message("Access Denied"),
        Reason::ExpirationNotUtc(text) => {
            VendorAnswer::new(400, "InvalidPolicyDocument").message(fault::invalid_expiration(text))
        }
        Reason::Expired { .. } => denied.message(EXPIRED),
        Reason::ConditionFailed { quoted, .. } => denied.message(failed(quoted)),
        Reason::ExtraField(name) => denied.message(extra(name)),
        Reason::TooSmall { size, min } => VendorAnswer::new(400, "EntityTooSmall")
            .message("Your proposed upload is smaller than the minimum allowed size")
            .element("ProposedSize", size.to_string())
            .element("MinSizeAllowed", min.to_string()),
        Reason::TooLarge { size, max } => VendorAnswer::new(400, "EntityTooLarge")
            .message("Your proposed upload exceeds the maximum allowed size")
            .element("ProposedSize", size.to_string())
            .element("MaxSizeAllowed", max.to_string()),
        Reason::AccessKeyUnknown => VendorAnswer::new(403, "InvalidAccessKeyId")
            .message("The AWS Access Key Id you provided does not exist in our records."),
        Reason::SignatureDiffers => VendorAnswer::new(403, "SignatureDoesNotMatch").message(NO_MATCH),
        _ => VendorAnswer::UNKNOWN,
    }
}

fn oss(reason: &Reason) -> VendorAnswer {
    let denied = VendorAnswer::new(403, "AccessDenied");
    let argument = VendorAnswer::new(400, "InvalidArgument");
    let malformed = VendorAnswer::new(400, "MalformedPOSTRequest").message(NOT_WELL_FORMED).ec("0006-00000104");
    let too_long = VendorAnswer::new(400, "FieldItemTooLong").message("Your name of form field is too long.");
    match reason {
        Reason::NotMultipart | Reason::BoundaryMissing => VendorAnswer::new(400, "RequestIsNotMultiPartContent")
            .message("Bucket POST must be of the enclosure-type multipart/form-data."),
        Reason::Malformed { .. } | Reason::BehindFile(_) => malformed,
        Reason::FilePartHeader(_) => VendorAnswer { status: Some(400), ..VendorAnswer::UNKNOWN }
            .message("The bucket POST contains unrecognized field name."),
        Reason::NameTooLong(_) => too_long.ec("0006-00000110"),
        Reason::ValueTooLong { .. } => too_long,
        Reason::FieldsTooLong(_) => VendorAnswer::new(400, "MaxPOSTPreDataLengthExceededError")
            .message("Your POST request fields preceding the upload file were too large.")
            .ec("0006-00000112"),
        Reason::FileCount(0) => {
            VendorAnswer::new(400, "IncorrectNumberOfFilesInPOSTRequest").message(ONE_FILE).ec("0006-00000107")
        }
        Reason::FileCount(_) => VendorAnswer::new(400, "IncorrectNumberOfFilesInPOSTRequest").message(ONE_FILE),
        Reason::KeyMissing => argument.message(
            "The bucket POST must contain the specified 'key'. If it is specified, please check the order of the fields",
        ),
        Reason::SigningFieldMissing("policy") => VendorAnswer::UNKNOWN.ec("0002-00000702"),
        Reason::SigningFieldMissing("Signature" | "x-oss-signature") => {
            argument.message("Post request signature is empty.").ec("0002-00000703")
        }
        Reason::SigningFieldEmpty("Signature" | "x-oss-signature") => {
            argument.message("Post request signature is empty.").ec("0002-00000704")
        }
        Reason::Unsigned | Reason::SigningFieldMissing("OSSAccessKeyId") | Reason::SigningFieldEmpty("OSSAccessKeyId") => {
            argument.message("Post request accessKeyId is empty.")
        }
        Reason::Expired { .. } => denied.message(EXPIRED).ec("0006-00000213"),
        Reason::ConditionFailed { quoted, found: None, .. } => denied.message(failed(quoted)).ec("0006-00000226"),
        Reason::ConditionFailed { quoted, .. } => denied.message(failed(quoted)).ec("0006-00000227"),
        Reason::ExtraField(name) => denied.message(extra(name)).ec("0006-00000228"),
        Reason::TooSmall { .. } => VendorAnswer::new(400, "EntityTooSmall")
            .message("Your proposed upload smaller than the minimum allowed size.")
            .ec("0006-00000004"),
        Reason::TooLarge { .. } => VendorAnswer::new(400, "EntityTooLarge")
            .message("Your proposed upload exceeds the maximum allowed size.")
            .ec("0006-00000003"),
        Reason::OverPostLimit { .. } => {
            VendorAnswer::new(400, "EntityTooLarge").message("Post body size must be less than 5G.").ec("0006-00000003")
        }
        Reason::EncryptionUnknown(_) => VendorAnswer::new(400, "InvalidEncryptionAlgorithmError"),
        Reason::AccessKeyUnknown => VendorAnswer::new(403, "InvalidAccessKeyId")
            .message("The OSS Access Key Id you provided does not exist in our records."),
        // Older tables have the code `AccessDenied`.
        Reason::SignatureDiffers => VendorAnswer::new(403, "SignatureDoesNotMatch").message(NO_MATCH).ec("0002-00000705"),
        Reason::NoRight => denied.message("You have no right to access this object because of bucket acl."),
        Reason::DigestDiffers => VendorAnswer::new(400, "InvalidDigest").message("The Content-MD5 you specified was invalid."),
        Reason::ObjectExists => VendorAnswer::new(409, "FileAlreadyExists"),
        Reason::ObjectRetained => VendorAnswer::new(409, "FileImmutable"),
        _ => VendorAnswer::UNKNOWN,
    }
}

fn ks3(reason: &Reason) -> VendorAnswer {
    match reason {
        Reason::Expired { .. } => VendorAnswer::new(403, "ExpirationError"),
        Reason::ConditionFailed { .. } | Reason::ExtraField(_) => VendorAnswer::new(403, "FormUnmatchPolicy"),
        Reason::ConditionMissing(_) => VendorAnswer { status: Some(403), ..VendorAnswer::UNKNOWN },
        Reason::AccessKeyUnknown => VendorAnswer::new(403, "InvalidAccessKeyId"),
        Reason::SignatureDiffers => VendorAnswer::new(403, "SignatureDoesNotMatch"),
        Reason::NoRight => VendorAnswer::new(403, "AccessDenied"),
        _ => VendorAnswer::UNKNOWN,
    }
}

fn cos(reason: &Reason) -> VendorAnswer {
    let denied = VendorAnswer::new(403, "AccessDenied");
    match reason {
        Reason::Malformed { .. } => VendorAnswer::new(400, "MalformedPOSTRequest"),
        Reason::FileCount(_) => VendorAnswer { code: Some("IncorrectNumberOfFilesInPostRequest"), ..VendorAnswer::UNKNOWN },
        Reason::Expired { ended, now } => denied.message(format!(
            "You post object request has been expired, expiration time: {} but the time now : {}",
            ended.unix(),
            now.unix()
        )),
        Reason::ConditionFailed { found: None, .. } => denied,
        Reason::ConditionFailed { field, wanted, .. } if field.eq_ignore_ascii_case("bucket") => {
            denied.message(format!("Condition key bucket doesn't match the value [{wanted}]"))
        }
        Reason::ConditionFailed { field, wanted, .. } => {
            denied.message(format!("Condition key {field} doesn't match the value {wanted}"))
        }
        Reason::AccessKeyUnknown => VendorAnswer::new(403, "InvalidAccessKeyId"),
        Reason::SignatureDiffers => {
            VendorAnswer::new(403, "SignatureDoesNotMatch").message("The Signature you specified is invalid.")
        }
        Reason::NoRight => denied.message("Access Denied."),
        _ => VendorAnswer::UNKNOWN,
    }
}

impl Told for Refusal {
    fn told(&self) -> Phrase {
        match &self.reason {
            Reason::NotMultipart => phrase!("the request is not `multipart/form-data`"),
            Reason::BoundaryMissing => {
                phrase!("the `Content-Type` of the request names no boundary; let the HTTP client write this header")
            }
            Reason::Malformed { what, at } => phrase!("the body is no well-formed form: {what} at offset {at}").with("what", Phrase::of(what)).shown("at", at),
            Reason::TooManyParts => phrase!("the form has more than {limit} parts, the most this reader takes").shown("limit", super::MAX_PARTS),
            Reason::FilePartHeader(name) => {
                phrase!("the file part has the header `{name}`; expected `Content-Type` and nothing else").shown("name", name)
            }
            Reason::NameTooLong(limit) => phrase!("the name of a field is longer than {limit} bytes").shown("limit", limit),
            Reason::ValueTooLong { field, limit } => phrase!("the value of `{field}` is longer than {limit} bytes").shown("field", field).shown("limit", limit),
            Reason::FieldsTooLong(limit) => phrase!("the fields before the file are longer than {limit} bytes together; a file part of another name than `file` counts as a field").shown("limit", limit),
            Reason::FileCount(0) => phrase!("the form has no part called `file`"),
            Reason::FileCount(count) => phrase!("the form has {count} parts called `file`; expected one").shown("count", count),
            Reason::BehindFile(name) => phrase!("`{name}` stands behind the file; `file` must be the last field").shown("name", name),
            Reason::KeyMissing => phrase!("there is no `key` field before the file"),
            Reason::Unsigned => phrase!("the form has a policy and no signature"),
            Reason::SigningFieldMissing(name) => phrase!("the form is signed, but `{name}` is missing").shown("name", name),
            Reason::SigningFieldEmpty(name) => phrase!("the form is signed, but `{name}` is empty").shown("name", name),
            Reason::ExpirationNotUtc(text) => phrase!("`expiration` is `{text}`; expected a time in UTC that ends in `Z`").shown("text", text),
            Reason::Expired { ended, now } => {
                phrase!("the policy ended at {ended}, {late} before the form came")
                    .shown("ended", ended)
                    .with("late", Value::span(now.since(*ended)))
            }
            Reason::ConditionMissing(name) => phrase!("the policy has no condition on `{name}`, which this vendor demands").shown("name", name),
            Reason::ConditionFailed { quoted, found: None, .. } => {
                phrase!("the form has no field for the condition `{quoted}`").shown("quoted", quoted)
            }
            Reason::ConditionFailed { quoted, found: Some(found), .. } => {
                phrase!("`{found}` does not meet the condition `{quoted}`").shown("found", found).shown("quoted", quoted)
            }
            Reason::ExtraField(name) => phrase!("no condition covers the field `{name}`").shown("name", name),
            Reason::TooSmall { size, min } => phrase!("the upload has {size} bytes; expected at least {min}").shown("size", size).shown("min", min),
            Reason::TooLarge { size, max } => phrase!("the upload has {size} bytes; expected at most {max}").shown("size", size).shown("max", max),
            Reason::OverPostLimit { size, max } => phrase!("the upload has {size} bytes; this vendor takes {max} in a form").shown("size", size).shown("max", max),
            Reason::EncryptionUnknown(value) => {
                phrase!("`x-oss-server-side-encryption` is `{value}`; expected `AES256` or `KMS`").shown("value", value)
            }
            Reason::PolicyUnreadable(fault) => fault.told(),
            Reason::AccessKeyUnknown => {
                phrase!("the access key does not exist or is disabled, or its security token is missing")
            }
            Reason::SignatureDiffers => phrase!("the signature is not that of this policy and secret"),
            Reason::NoRight => phrase!("the holder of the access key may not write there"),
            Reason::DigestDiffers => phrase!("`Content-MD5` is not that of the body"),
            Reason::ObjectExists => phrase!("the object exists and must not be replaced"),
            Reason::ObjectRetained => phrase!("the object is under a retention policy"),
        }
    }
}

tell_in_english!(Refusal);
impl core::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers that no policy decides: the rows of the vendors' tables that evaluation does not reach.
    #[test]
    fn what_only_a_server_knows_has_its_answer() {
        let digest = "The Content-MD5 you specified was invalid.";
        let acl = "You have no right to access this object because of bucket acl.";
        let unknown = "The OSS Access Key Id you provided does not exist in our records.";
        let aws_unknown = "The AWS Access Key Id you provided does not exist in our records.";
        let multipart = "Bucket POST must be of the enclosure-type multipart/form-data.";
        for (dialect, reason, status, code, message) in [
            (Dialect::Oss, Reason::AccessKeyUnknown, 403, "InvalidAccessKeyId", Some(unknown)),
            (Dialect::Oss, Reason::SignatureDiffers, 403, "SignatureDoesNotMatch", Some(NO_MATCH)),
            (Dialect::Oss, Reason::NoRight, 403, "AccessDenied", Some(acl)),
            (Dialect::Oss, Reason::DigestDiffers, 400, "InvalidDigest", Some(digest)),
            (Dialect::Oss, Reason::NotMultipart, 400, "RequestIsNotMultiPartContent", Some(multipart)),
            (Dialect::Oss, Reason::BoundaryMissing, 400, "RequestIsNotMultiPartContent", Some(multipart)),
            (Dialect::Oss, Reason::ObjectExists, 409, "FileAlreadyExists", None),
            (Dialect::Oss, Reason::ObjectRetained, 409, "FileImmutable", None),
            (Dialect::S3, Reason::AccessKeyUnknown, 403, "InvalidAccessKeyId", Some(aws_unknown)),
            (Dialect::S3, Reason::SignatureDiffers, 403, "SignatureDoesNotMatch", Some(NO_MATCH)),
            (Dialect::S3, Reason::NoRight, 403, "AccessDenied", Some("Access Denied")),
            (Dialect::S3, Reason::BoundaryMissing, 400, "MalformedPOSTRequest", Some(NOT_WELL_FORMED)),
            (Dialect::Ks3, Reason::AccessKeyUnknown, 403, "InvalidAccessKeyId", None),
            (Dialect::Ks3, Reason::SignatureDiffers, 403, "SignatureDoesNotMatch", None),
            (Dialect::Ks3, Reason::NoRight, 403, "AccessDenied", None),
            (Dialect::Cos, Reason::AccessKeyUnknown, 403, "InvalidAccessKeyId", None),
            (
                Dialect::Cos,
                Reason::SignatureDiffers,
                403,
                "SignatureDoesNotMatch",
                Some("The Signature you specified is invalid."),
            ),
            (Dialect::Cos, Reason::NoRight, 403, "AccessDenied", Some("Access Denied.")),
        ] {
            let refusal = Refusal::new(dialect, reason);
            let VendorAnswer { status: own_status, code: own_code, message: own_message, .. } = &*refusal.answer;
            let own = (*own_status, *own_code, own_message.as_deref());
            assert_eq!(own, (Some(status), Some(code), message), "{dialect:?}: {refusal}");
        }
        let refusal = Refusal::new(Dialect::S3, Reason::NotMultipart);
        assert_eq!((refusal.answer.status, refusal.answer.code), (Some(412), Some("PreconditionFailed")));
        let condition = "Bucket POST must be of the enclosure-type multipart/form-data";
        assert_eq!(refusal.answer.elements, [("Condition", condition.into())]);
    }

    #[test]
    fn a_limit_of_this_reader_is_no_answer_of_a_server() {
        for dialect in Dialect::ALL {
            assert_eq!(*Refusal::new(dialect, Reason::TooManyParts).answer, VendorAnswer::UNKNOWN);
        }
    }
}
