//! What can be wrong with `callback` and `callback-var`, in our words and in those of OSS.
//!
//! The words of OSS are those of its guides "Upload callbacks" and "HTTP 400" (read 2026-11), its numbers
//! those of the pages 0007-000000xx.

use super::Parameter;
use crate::answer::VendorAnswer;
use alloc::string::String;
use core::fmt;

/// One fault of a callback's parameters, with the piece it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A parameter stands in a header and in the query.
    GivenTwice(Parameter),
    /// A form has a field `callback-var`. There, every variable has a field of its own.
    VariablesInOneField,
    /// A parameter of the query holds a bare `+`, which may be taken for a blank.
    BarePlus(Parameter),
    /// A parameter is not Base64.
    NotBase64 {
        /// Which.
        parameter: Parameter,
        /// How it begins.
        found: String,
    },
    /// A parameter is too long.
    TooLong {
        /// Which.
        parameter: Parameter,
        /// How many bytes its Base64 has.
        len: usize,
    },
    /// The text under the Base64 is not JSON.
    NotJson {
        /// Of which parameter.
        parameter: Parameter,
        /// The whole text; what is not UTF-8 as U+FFFD.
        text: String,
        /// What the reader says, with line and column.
        reason: String,
    },
    /// The same, and the cause is plain: quotes inside `callbackBody` have no backslash.
    QuotesNotEscaped {
        /// The whole text.
        text: String,
    },
    /// The text is JSON but no object.
    NotAnObject {
        /// Of which parameter.
        parameter: Parameter,
        /// How it begins.
        found: String,
    },
    /// A member or a variable is there several times. The last is read.
    Twice(String),
    /// A member is none that is documented.
    UnknownMember {
        /// As written.
        name: String,
        /// The one that differs in case alone.
        meant: Option<&'static str>,
    },
    /// A member has a value of the wrong type.
    WrongType {
        /// Which.
        member: &'static str,
        /// What it should be.
        expected: &'static str,
        /// As written.
        found: String,
    },
    /// `callbackUrl` is not there.
    UrlMissing,
    /// `callbackUrl` is empty: OSS calls nobody.
    UrlEmpty,
    /// There are more than five URLs.
    TooManyUrls(usize),
    /// A URL is none that OSS calls.
    Url {
        /// The one.
        found: String,
        /// What it should have.
        expected: &'static str,
    },
    /// A URL leads to an address that is reached from nowhere else.
    PrivateAddress(String),
    /// A URL leads to an IPv6 address.
    Ipv6(String),
    /// `callbackHost` is no host.
    Host(String),
    /// `callbackBody` is not there, or empty.
    BodyEmpty,
    /// `callbackBodyType` is none of the two there are.
    BodyType(String),
    /// A name in `additionalHeaders` begins with `x-oss-`.
    AdditionalHeader(String),
    /// A `$` in the template is not followed by `{`.
    BraceNotAdjacent {
        /// Where.
        at: usize,
        /// The template.
        template: String,
    },
    /// A `${` in the template has no `}`.
    VariableNotClosed {
        /// Where.
        at: usize,
    },
    /// The template names a variable there is not.
    UnknownVariable {
        /// As written.
        name: String,
        /// The one that differs in case alone.
        meant: Option<&'static str>,
    },
    /// The template names a variable of yours that is not given.
    VariableNotGiven(String),
    /// A template in JSON puts a variable between quotes, and OSS puts quotes around the value.
    VariableQuoted(String),
    /// A template in JSON does not become JSON.
    TemplateNotJson {
        /// What the reader says of it, with values in the place of the variables.
        reason: String,
    },
    /// A template looks like JSON, and the body goes out as a form.
    JsonAsForm,
    /// The name of a variable does not begin with `x:`, or ends there.
    VariableName(String),
    /// The name of a variable has capital letters.
    VariableUpperCase(String),
    /// The value of a variable is no text.
    VariableNotText {
        /// Its name.
        name: String,
        /// As written.
        found: String,
    },
    /// There are more variables than recommended.
    ManyVariables(usize),
    /// The variables are longer than recommended, in bytes.
    LongVariables(usize),
}

/// What comes of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// All works; the vendor recommends otherwise, or does not say what will happen.
    Advice,
    /// The upload works. The callback does not, or not as it was meant.
    Harmful,
    /// OSS refuses the upload.
    Refused,
}

/// The longest Base64 of a parameter, in bytes. One page exempts forms; those of the error numbers do not.
pub(super) const MAX_LEN: usize = 5 << 10;
/// The most URLs.
pub(super) const MAX_URLS: usize = 5;
/// The most variables that are recommended.
pub(super) const MAX_VARIABLES: usize = 10;
/// The most bytes of variables that are recommended.
pub(super) const MAX_VARIABLES_LEN: usize = 512;

impl Weight {
    /// The word in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Harmful => "harmful",
            Self::Refused => "refused",
        }
    }
}

impl Problem {
    /// What comes of it.
    #[must_use]
    pub fn weight(&self) -> Weight {
        match self {
            _ if self.outcome().is_some() => Weight::Refused,
            Self::BarePlus(_) | Self::UnknownMember { .. } | Self::ManyVariables(_) | Self::LongVariables(_) => Weight::Advice,
            _ => Weight::Harmful,
        }
    }

    /// What OSS answers to the upload, if it refuses it.
    #[must_use]
    pub fn outcome(&self) -> Option<VendorAnswer> {
        use Parameter::{Callback, CallbackVar};
        let refused = || VendorAnswer::new(400, "InvalidArgument");
        let says = |message: &str| refused().message(message);
        Some(match self {
            Self::GivenTwice(Callback) => says(
                "Either the callback query string parameter or the x-oss-callback header should be specified, not both.",
            )
            .ec("0007-00000027"),
            Self::GivenTwice(CallbackVar) => says(
                "Either the callback-var query string parameter or the x-oss-callback-var header should be specified, not both.",
            ),
            Self::NotBase64 { parameter: Callback, .. } => {
                says("The callback configuration is not base64 encoded.").ec("0007-00000002")
            }
            Self::NotBase64 { parameter: CallbackVar, .. } => refused().ec("0007-00000102"),
            Self::TooLong { parameter: Callback, .. } => says("The length of callback exceed max value.").ec("0007-00000001"),
            Self::TooLong { parameter: CallbackVar, .. } => {
                says("The length of callback var exceed max value.").ec("0007-00000101")
            }
            Self::NotJson { parameter: Callback, text, .. } | Self::QuotesNotEscaped { text } => {
                says("The callback configuration is not json format.").ec("0007-00000003").element("ArgumentName", "callback").element("ArgumentValue", text)
            }
            Self::NotAnObject { parameter: Callback, .. } => refused(),
            // The spelling is that of the server.
            Self::NotJson { parameter: CallbackVar, .. } => says("The callback var is not expecten json.").ec("0007-00000103"),
            Self::NotAnObject { parameter: CallbackVar, .. } | Self::VariableNotText { .. } => {
                says("The callback var is not expecten json.")
            }
            Self::UrlMissing | Self::Url { .. } | Self::WrongType { member: "callbackUrl", .. } => {
                says("The callback url configuration is invalid.").ec("0007-00000004")
            }
            Self::TooManyUrls(_) => says("The number of callback url exceed max value.").ec("0007-00000005"),
            Self::PrivateAddress(_) => says("Private address is forbidden to callback.").ec("0007-00000008"),
            Self::Host(_) | Self::WrongType { member: "callbackHost", .. } => {
                says("The callback host configuration is invalid.").ec("0007-00000009")
            }
            Self::BodyEmpty => says("The callback body is empty.").ec("0007-00000011"),
            Self::WrongType { member: "callbackBody", .. } => says("The callback body is invalid."),
            Self::WrongType { member: "callbackBodyType", .. } => {
                says("The callback body type configuration is invalid.").ec("0007-00000012")
            }
            Self::BodyType(_) => says("The body type of callback is not supported."),
            Self::AdditionalHeader(_) | Self::WrongType { member: "additionalHeaders", .. } => refused().ec("0007-00000026"),
            Self::BraceNotAdjacent { template, .. } => {
                says("Left brace must be adjacent to dollar sign.").ec("0007-00000105").element("ArgumentName", "ReplaceKeyPrefix").element("ArgumentValue", template)
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GivenTwice(parameter) => {
                let name = parameter.as_str();
                write!(f, "`{name}` of the query and the header `x-oss-{name}` are both given; expected one of them")
            }
            Self::VariablesInOneField => {
                f.write_str("the form has a field `callback-var`; expected a field for every variable: `x:...`")
            }
            Self::BarePlus(parameter) => {
                write!(f, "`{}` holds a bare `+` in the query; expected `%2B`", parameter.as_str())
            }
            Self::NotBase64 { parameter, found } => write!(f, "`{}` is `{found}`; expected Base64", parameter.as_str()),
            Self::TooLong { parameter, len } => {
                write!(f, "the Base64 of `{}` has {len} bytes; expected at most {MAX_LEN}", parameter.as_str())
            }
            Self::NotJson { parameter, reason, .. } => {
                write!(f, "the text of `{}` is not JSON ({reason}); expected an object", parameter.as_str())
            }
            Self::QuotesNotEscaped { .. } => {
                f.write_str("the quotes inside `callbackBody` have no backslash; expected `\\\"` for each of them")
            }
            Self::NotAnObject { parameter, found } => {
                write!(f, "the text of `{}` is `{found}`; expected a JSON object", parameter.as_str())
            }
            Self::Twice(name) => write!(f, "`{name}` occurs more than once; expected once"),
            Self::UnknownMember { name, meant: Some(meant) } => write!(f, "`{name}` is no member; expected `{meant}`"),
            Self::UnknownMember { name, meant: None } => write!(f, "`{name}` is no member of `callback` that is documented"),
            Self::WrongType { member, expected, found } => write!(f, "`{member}` is `{found}`; expected {expected}"),
            Self::UrlMissing => f.write_str("`callbackUrl` is missing; expected in every callback"),
            Self::UrlEmpty => f.write_str("`callbackUrl` is empty, so that nobody is called; expected a URL"),
            Self::TooManyUrls(count) => write!(f, "`callbackUrl` holds {count} URLs; expected at most {MAX_URLS}"),
            Self::Url { found, expected } => write!(f, "`callbackUrl` holds `{found}`; expected {expected}"),
            Self::PrivateAddress(found) => {
                write!(f, "`callbackUrl` holds `{found}`, which OSS cannot reach; expected a public address")
            }
            Self::Ipv6(found) => write!(f, "`callbackUrl` holds `{found}`; expected a name or an IPv4 address"),
            Self::Host(found) => write!(f, "`callbackHost` is `{found}`; expected a name or an address"),
            Self::BodyEmpty => f.write_str("`callbackBody` is missing or empty; expected a template"),
            Self::BodyType(found) => {
                write!(f, "`callbackBodyType` is `{found}`; expected `{}` or `{}`", super::FORM, super::JSON)
            }
            Self::AdditionalHeader(found) => {
                write!(f, "`additionalHeaders` holds `{found}`; expected names that do not begin with `x-oss-`")
            }
            Self::BraceNotAdjacent { at, .. } => {
                write!(f, "`callbackBody` has a `$` at offset {at} without `{{` behind it; expected `${{name}}`")
            }
            Self::VariableNotClosed { at } => {
                write!(f, "`callbackBody` has a `${{` at offset {at} without `}}`; expected `${{name}}`")
            }
            Self::UnknownVariable { name, meant: Some(meant) } => {
                write!(f, "`${{{name}}}` is no variable; expected `${{{meant}}}`")
            }
            Self::UnknownVariable { name, meant: None } => {
                write!(f, "`${{{name}}}` is no variable of OSS; expected one, or one of yours: `${{x:...}}`")
            }
            Self::VariableNotGiven(name) => write!(f, "`${{{name}}}` has no value; expected `{name}` in `callback-var`"),
            Self::VariableQuoted(name) => {
                write!(f, "`${{{name}}}` stands between quotes; expected none, as OSS writes them itself")
            }
            Self::TemplateNotJson { reason } => {
                write!(f, "`callbackBody` does not become JSON ({reason}); expected `{{\"name\":${{name}}}}` or the like")
            }
            Self::JsonAsForm => {
                write!(f, "`callbackBody` looks like JSON and goes out as a form; expected `callbackBodyType` to be `{}`", super::JSON)
            }
            Self::VariableName(name) => write!(f, "a variable is named `{name}`; expected a name that begins with `x:`"),
            Self::VariableUpperCase(name) => write!(f, "a variable is named `{name}`; expected small letters"),
            Self::VariableNotText { name, found } => write!(f, "`{name}` is `{found}`; expected text in quotes"),
            Self::ManyVariables(count) => {
                write!(f, "there are {count} variables; at most {MAX_VARIABLES} are recommended")
            }
            Self::LongVariables(len) => {
                write!(f, "the variables have {len} bytes; at most {MAX_VARIABLES_LEN} are recommended")
            }
        }
    }
}

impl core::error::Error for Problem {}
