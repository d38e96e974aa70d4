//! In what the vendors' policy languages differ.
//!
//! Where a vendor's documents are silent the stricter reading is taken, so that what passes here is not
//! refused there: operators and `$` as documented, a missing field fails. One thing is not: names of fields
//! are compared in any case everywhere, and a lint tells where that is not sure.

/// The field with the encoded policy.
pub(super) const POLICY: &str = "policy";

/// Whose policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// Amazon S3 and its compatibles ("Creating a POST Policy", sigv4-HTTPPOSTConstructPolicy).
    S3,
    /// Alibaba Cloud OSS ("PostObject", Appendix: Policy; pages of the error codes 0006-000002xx).
    Oss,
    /// Kingsoft KS3 (documents 42321 and 27936).
    Ks3,
    /// Tencent COS ("POST Object", product 436, document 14690).
    Cos,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::S3, Self::Oss, Self::Ks3, Self::Cos];

    /// The id of the provider.
    #[must_use]
    pub const fn provider(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Oss => "oss",
            Self::Ks3 => "ks3",
            Self::Cos => "cos",
        }
    }

    /// The language of the provider with this id.
    #[must_use]
    pub fn of_provider(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.provider() == id)
    }

    /// Bytes to allow for beside the file in `content-length-range`: KS3 counts the whole content, fields and boundaries with it.
    #[must_use]
    pub const fn form_overhead(self) -> u64 {
        match self.rules().measured {
            Measured::File => 0,
            Measured::Content => 16 << 10,
        }
    }

    pub(super) const fn rules(self) -> &'static Rules {
        match self {
            Self::S3 => &S3,
            Self::Oss => &OSS,
            Self::Ks3 => &KS3,
            Self::Cos => &COS,
        }
    }
}

/// The rules of one language.
pub(super) struct Rules {
    /// Escapes that JSON does not have: the letter behind the backslash and its code unit.
    pub(super) escapes: &'static [(u8, &'static str)],
    /// Whether case matters in operators.
    pub(super) operator_case: Case,
    /// Whether it is sure that case does not matter in names of fields.
    pub(super) name_case: NameCase,
    /// Whether `in` and `not-in` exist.
    pub(super) lists: Lists,
    /// What a condition on a field without `$` does.
    pub(super) bare_name: BareName,
    /// Whether an empty prefix is met by a field that the form lacks.
    pub(super) empty_prefix: EmptyPrefix,
    /// Which fields have `${filename}` replaced before conditions see them.
    pub(super) filename: Filename,
    /// What fields of one name are to a condition.
    pub(super) repeated: Repeated,
    /// What a `Content-Type` with commas is to `starts-with`.
    pub(super) content_types: ContentTypes,
    /// Whether sizes may be written as strings.
    pub(super) text_sizes: TextSizes,
    /// What becomes of a range whose lower bound is above the upper one.
    pub(super) reversed: Reversed,
    /// What becomes of members beside `expiration` and `conditions`.
    pub(super) members: UnknownMembers,
    /// What `content-length-range` counts.
    pub(super) measured: Measured,
    /// Which fields must be named by a condition.
    pub(super) cover: Cover,
    /// Names that must have a condition whatever the form holds.
    pub(super) demanded: &'static [&'static str],
    /// Names that count as fields of every form, so that they need a condition like these.
    pub(super) implied: &'static [&'static str],
    /// Names that conditions may only compare exactly. A `*` at the end stands for any rest.
    pub(super) exact_only: &'static [&'static str],
    /// Exceptions from `exact_only`.
    pub(super) not_exact_only: &'static [&'static str],
    /// Fields a condition knows by another name: the condition's name and the field's.
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// The ways the vendor signs forms.
    pub(super) signings: &'static [Signing],
    /// What of a form has a limit.
    pub(super) limits: Limits,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Matters,
    Ignored,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NameCase {
    Ignored,
    /// Documents contradict one another (OSS), or say nothing (COS).
    Unclear,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    Known,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BareName {
    /// The condition is as good as with `$`, and is reported with it.
    Names,
    /// The condition fails.
    Fails,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EmptyPrefix {
    Met,
    Fails,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filename {
    InAllFields,
    InKey,
    /// Replaced after the check: conditions see the template.
    Later,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeated {
    /// One value, joined by commas.
    Joined,
    /// Not documented: the first is looked at.
    First,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentTypes {
    EachOne,
    OneText,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextSizes {
    /// Digits are numbers; another text makes a condition nothing meets.
    Taken,
    Refused,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reversed {
    Refused,
    /// Not documented: no size is in it.
    Taken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UnknownMembers {
    Refused,
    /// Not documented.
    Skipped,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    File,
    /// The whole request content.
    Content,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Every field but those of the signature, the file and these. A `*` at the end stands for any rest.
    AllBut(&'static [&'static str]),
    /// The fields of a V4 signature alone.
    Signing,
    /// None.
    Nothing,
}

/// A way to sign a form: its fields in the order servers miss them.
pub(super) struct Signing {
    /// The field that tells this way from others.
    pub(super) mark: &'static str,
    /// All fields of which none may be missing, as the vendor writes them.
    pub(super) needed: &'static [&'static str],
    /// Which of them, and of the token, need a condition.
    pub(super) conditioned: &'static [&'static str],
    /// The field with the time or interval of the signature, and the one with the scope.
    pub(super) times: Times,
}

/// Which fields of a signature tell its time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    None,
    /// A date and a credential that must name the same day.
    Scope {
        date: &'static str,
        credential: &'static str,
    },
    /// `start;end`.
    Interval(&'static str),
}

/// Limits in bytes.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// The name of one field.
    pub(super) name: Option<usize>,
    /// The value of one field.
    pub(super) value: Option<usize>,
    /// All names and values before the file. What stands between them counts with some vendors, too: it
    /// depends on the client and is not counted here.
    pub(super) fields: Option<usize>,
    /// The file.
    pub(super) file: Option<u64>,
}

const NO_LIMITS: Limits = Limits { name: None, value: None, fields: None, file: None };

static S3: Rules = Rules {
    escapes: &[(b'$', "\\u0024"), (b'v', "\\u000b")],
    operator_case: Case::Ignored,
    name_case: NameCase::Ignored,
    lists: Lists::Unknown,
    bare_name: BareName::Fails,
    empty_prefix: EmptyPrefix::Met,
    filename: Filename::InAllFields,
    repeated: Repeated::Joined,
    content_types: ContentTypes::EachOne,
    text_sizes: TextSizes::Taken,
    reversed: Reversed::Taken,
    members: UnknownMembers::Refused,
    measured: Measured::File,
    cover: Cover::AllBut(&["x-ignore-*"]),
    demanded: &[],
    // "Extra input fields: bucket" answers a form without such a field, too.
    implied: &["bucket"],
    exact_only: &["bucket", "success_action_status", "x-amz-*"],
    not_exact_only: &["x-amz-meta-*"],
    renamed: &[],
    signings: &[
        Signing {
            mark: "x-amz-signature",
            needed: &["policy", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"],
            conditioned: &["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token"],
            times: Times::Scope { date: "x-amz-date", credential: "x-amz-credential" },
        },
        Signing {
            mark: "AWSAccessKeyId",
            needed: &["policy", "AWSAccessKeyId", "Signature"],
            conditioned: &["x-amz-security-token"],
            times: Times::None,
        },
    ],
    limits: Limits { fields: Some(20 << 10), ..NO_LIMITS },
};

static OSS: Rules = Rules {
    escapes: &[(b'$', "\\u0024")],
    operator_case: Case::Matters,
    name_case: NameCase::Unclear,
    lists: Lists::Known,
    bare_name: BareName::Names,
    empty_prefix: EmptyPrefix::Fails,
    filename: Filename::Later,
    repeated: Repeated::First,
    content_types: ContentTypes::OneText,
    text_sizes: TextSizes::Refused,
    reversed: Reversed::Refused,
    members: UnknownMembers::Skipped,
    measured: Measured::File,
    cover: Cover::Signing,
    demanded: &[],
    implied: &[],
    exact_only: &["bucket"],
    not_exact_only: &[],
    renamed: &[],
    signings: &[
        Signing {
            mark: "x-oss-credential",
            needed: &["policy", "x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-signature"],
            conditioned: &["x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-security-token"],
            times: Times::Scope { date: "x-oss-date", credential: "x-oss-credential" },
        },
        Signing {
            mark: "OSSAccessKeyId",
            needed: &["OSSAccessKeyId", "policy", "Signature"],
            conditioned: &[],
            times: Times::None,
        },
    ],
    limits: Limits { name: Some(8 << 10), value: Some(2 << 20), fields: Some(8 << 20), file: Some(5 << 30) },
};

static KS3: Rules = Rules {
    escapes: &[],
    operator_case: Case::Matters,
    name_case: NameCase::Ignored,
    lists: Lists::Unknown,
    bare_name: BareName::Fails,
    empty_prefix: EmptyPrefix::Fails,
    filename: Filename::InKey,
    repeated: Repeated::First,
    content_types: ContentTypes::OneText,
    text_sizes: TextSizes::Taken,
    reversed: Reversed::Taken,
    members: UnknownMembers::Skipped,
    measured: Measured::Content,
    cover: Cover::AllBut(&["submit"]),
    demanded: &["bucket"],
    implied: &[],
    exact_only: &[],
    not_exact_only: &[],
    renamed: &[],
    signings: &[
        Signing {
            mark: "KSSAccessKeyId",
            needed: &["KSSAccessKeyId", "policy", "signature"],
            conditioned: &[],
            times: Times::None,
        },
        Signing {
            mark: "AWSAccessKeyId",
            needed: &["AWSAccessKeyId", "policy", "signature"],
            conditioned: &[],
            times: Times::None,
        },
    ],
    limits: NO_LIMITS,
};

static COS: Rules = Rules {
    escapes: &[],
    operator_case: Case::Matters,
    name_case: NameCase::Unclear,
    lists: Lists::Unknown,
    bare_name: BareName::Fails,
    empty_prefix: EmptyPrefix::Fails,
    filename: Filename::InKey,
    repeated: Repeated::First,
    content_types: ContentTypes::OneText,
    text_sizes: TextSizes::Refused,
    reversed: Reversed::Taken,
    members: UnknownMembers::Skipped,
    measured: Measured::File,
    cover: Cover::Nothing,
    demanded: &["q-sign-algorithm", "q-ak", "q-sign-time"],
    implied: &[],
    exact_only: &["bucket", "success_action_status", "x-cos-*", "q-*"],
    not_exact_only: &["x-cos-meta-*"],
    renamed: &[("q-sign-time", "q-key-time")],
    signings: &[Signing {
        mark: "q-ak",
        needed: &["policy", "q-sign-algorithm", "q-ak", "q-key-time", "q-signature"],
        conditioned: &["q-sign-algorithm", "q-ak", "q-sign-time"],
        times: Times::Interval("q-key-time"),
    }],
    limits: NO_LIMITS,
};

/// Whether a list of names, some of them with a `*` at the end, has `name`; case does not matter.
pub(super) fn lists(names: &[&str], name: &str) -> bool {
    names.iter().any(|listed| match listed.strip_suffix('*') {
        Some(prefix) => crate::wire::header::has_prefix(name, prefix),
        None => listed.eq_ignore_ascii_case(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_found_by_provider() {
        for dialect in Dialect::ALL {
            assert_eq!(Dialect::of_provider(dialect.provider()), Some(dialect));
            assert!(crate::providers::provider(dialect.provider()).is_some());
        }
        assert_eq!(Dialect::of_provider("kodo"), None);
    }

    #[test]
    fn a_star_stands_for_any_rest() {
        assert!(lists(&["bucket", "x-amz-*"], "X-Amz-Date"));
        assert!(lists(&["x-amz-*"], "x-amz-"));
        assert!(!lists(&["bucket", "x-amz-*"], "x-am"));
        assert!(!lists(&["bucket"], "buckets"));
    }
}
