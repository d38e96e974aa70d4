//! What can be wrong with `callback` and `callback-var`, in our words and in those of OSS.
//!
//! The words of OSS are those of its guides "Upload callbacks" and "HTTP 400" (read 2026-11), its numbers
//! those of the pages 0007-000000xx.

use super::Parameter;
use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, Value, phrase, tell_in_english},
};
use alloc::string::String;

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
            Self::GivenTwice(Callback) => {
                says("Either the callback query string parameter or the x-oss-callback header should be specified, not both.")
                    .ec("0007-00000027")
            }
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
                says("The callback configuration is not json format.")
                    .ec("0007-00000003")
                    .element("ArgumentName", "callback")
                    .element("ArgumentValue", text)
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
            Self::BraceNotAdjacent { template, .. } => says("Left brace must be adjacent to dollar sign.")
                .ec("0007-00000105")
                .element("ArgumentName", "ReplaceKeyPrefix")
                .element("ArgumentValue", template),
            _ => return None,
        })
    }
}

impl Told for Problem {
    fn told(&self) -> Phrase {
        match self {
            Self::GivenTwice(parameter) => {
                let name = parameter.as_str();
                phrase!("`{name}` of the query and the header `x-oss-{name}` are both given; expected one of them")
                    .shown("name", name)
            }
            Self::VariablesInOneField => {
                phrase!("the form has a field `callback-var`; expected a field for every variable: `x:...`")
            }
            Self::BarePlus(parameter) => {
                phrase!("`{name}` holds a bare `+` in the query; expected `%2B`").shown("name", parameter.as_str())
            }
            Self::NotBase64 { parameter, found } => {
                phrase!("`{name}` is `{found}`; expected Base64").shown("name", parameter.as_str()).shown("found", found)
            }
            Self::TooLong { parameter, len } => phrase!("the Base64 of `{name}` has {len} bytes; expected at most {limit}")
                .shown("name", parameter.as_str())
                .shown("len", len)
                .shown("limit", MAX_LEN),
            Self::NotJson { parameter, reason, .. } => phrase!("the text of `{name}` is not JSON ({reason}); expected an object")
                .shown("name", parameter.as_str())
                .with("reason", Value::Reader(reason.clone())),
            Self::QuotesNotEscaped { .. } => {
                phrase!("the quotes inside `callbackBody` have no backslash; expected `\\\"` for each of them")
            }
            Self::NotAnObject { parameter, found } => phrase!("the text of `{name}` is `{found}`; expected a JSON object")
                .shown("name", parameter.as_str())
                .shown("found", found),
            Self::Twice(name) => phrase!("`{name}` occurs more than once; expected once").shown("name", name),
            Self::UnknownMember { name, meant: Some(meant) } => {
                phrase!("`{name}` is no member; expected `{meant}`").shown("name", name).shown("meant", meant)
            }
            Self::UnknownMember { name, meant: None } => {
                phrase!("`{name}` is no member of `callback` that is documented").shown("name", name)
            }
            Self::WrongType { member, expected, found } => phrase!("`{member}` is `{found}`; expected {expected}")
                .shown("member", member)
                .shown("found", found)
                .with("expected", Phrase::of(expected)),
            Self::UrlMissing => phrase!("`callbackUrl` is missing; expected in every callback"),
            Self::UrlEmpty => phrase!("`callbackUrl` is empty, so that nobody is called; expected a URL"),
            Self::TooManyUrls(count) => phrase!("`callbackUrl` holds {count} URLs; expected at most {limit}")
                .shown("count", count)
                .shown("limit", MAX_URLS),
            Self::Url { found, expected } => phrase!("`callbackUrl` holds `{found}`; expected {expected}")
                .shown("found", found)
                .with("expected", Phrase::of(expected)),
            Self::PrivateAddress(found) => {
                phrase!("`callbackUrl` holds `{found}`, which OSS cannot reach; expected a public address").shown("found", found)
            }
            Self::Ipv6(found) => {
                phrase!("`callbackUrl` holds `{found}`; expected a name or an IPv4 address").shown("found", found)
            }
            Self::Host(found) => phrase!("`callbackHost` is `{found}`; expected a name or an address").shown("found", found),
            Self::BodyEmpty => phrase!("`callbackBody` is missing or empty; expected a template"),
            Self::BodyType(found) => phrase!("`callbackBodyType` is `{found}`; expected `{form}` or `{json}`")
                .shown("found", found)
                .shown("form", super::FORM)
                .shown("json", super::JSON),
            Self::AdditionalHeader(found) => {
                phrase!("`additionalHeaders` holds `{found}`; expected names that do not begin with `x-oss-`")
                    .shown("found", found)
            }
            Self::BraceNotAdjacent { at, .. } => {
                phrase!("`callbackBody` has a `$` at offset {at} without `{` behind it; expected `${name}`").shown("at", at)
            }
            Self::VariableNotClosed { at } => {
                phrase!("`callbackBody` has a `${` at offset {at} without `}`; expected `${name}`").shown("at", at)
            }
            Self::UnknownVariable { name, meant: Some(meant) } => {
                phrase!("`${{name}}` is no variable; expected `${{meant}}`").shown("name", name).shown("meant", meant)
            }
            Self::UnknownVariable { name, meant: None } => {
                phrase!("`${{name}}` is no variable of OSS; expected one, or one of yours: `${x:...}`").shown("name", name)
            }
            Self::VariableNotGiven(name) => {
                phrase!("`${{name}}` has no value; expected `{name}` in `callback-var`").shown("name", name)
            }
            Self::VariableQuoted(name) => {
                phrase!("`${{name}}` stands between quotes; expected none, as OSS writes them itself").shown("name", name)
            }
            Self::TemplateNotJson { reason } => {
                phrase!("`callbackBody` does not become JSON ({reason}); expected `{\"name\":${name}}` or the like")
                    .with("reason", Value::Reader(reason.clone()))
            }
            Self::JsonAsForm => {
                phrase!("`callbackBody` looks like JSON and goes out as a form; expected `callbackBodyType` to be `{json}`")
                    .shown("json", super::JSON)
            }
            Self::VariableName(name) => {
                phrase!("a variable is named `{name}`; expected a name that begins with `x:`").shown("name", name)
            }
            Self::VariableUpperCase(name) => phrase!("a variable is named `{name}`; expected small letters").shown("name", name),
            Self::VariableNotText { name, found } => {
                phrase!("`{name}` is `{found}`; expected text in quotes").shown("name", name).shown("found", found)
            }
            Self::ManyVariables(count) => phrase!("there are {count} variables; at most {limit} are recommended")
                .shown("count", count)
                .shown("limit", MAX_VARIABLES),
            Self::LongVariables(len) => phrase!("the variables have {len} bytes; at most {limit} are recommended")
                .shown("len", len)
                .shown("limit", MAX_VARIABLES_LEN),
        }
    }
}

tell_in_english!(Problem);
impl core::error::Error for Problem {}
