//! Reading `callback` and `callback-var` as they were given.

use super::{
    OWN, Parameter, check,
    make::{Callback, CallbackError, CallbackFields},
    problem::Problem,
};
use crate::{
    phrase::words,
    signature::Encoding,
    subject::{Form, Request},
    wire::{
        json::{self, Members, NoMembers},
        query::Param,
        text::shown,
    },
};
use alloc::{
    borrow::Cow,
    string::{FromUtf8Error, String, ToString},
    vec::Vec,
};

/// The callback an upload asks for, as far as it can be read, and everything that is wrong with it.
///
/// ```
/// use countersign::{Encoding, Request, providers::oss::callback::{Given, Problem}};
///
/// let json = r#"{"callbackUrl":"http://app.example.com:test","callbackBody":"key=${object}"}"#;
/// let callback = Encoding::Base64.encode(json.as_bytes());
/// let upload = Request::new("PUT", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg")?.header("x-oss-callback", &callback);
///
/// let given = Given::in_request(&upload).expect("a callback");
/// assert_eq!(given.fields().body.as_deref(), Some("key=${object}"));
/// let refusal = given.problems()[0].outcome().expect("a refusal");
/// assert_eq!(refusal.message.as_deref(), Some("The callback url configuration is invalid."));
/// assert_eq!(refusal.ec, Some("0007-00000004"));
/// assert!(given.into_callback().is_err());
///
/// let none = Request::new("PUT", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg")?;
/// assert!(Given::in_request(&none).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    fields: CallbackFields<'static>,
    problems: Vec<Problem>,
}

impl Given {
    fn empty() -> Self {
        Self { fields: CallbackFields::default(), problems: Vec::new() }
    }

    /// Reads the values of `callback` and, if there is one, `callback-var`.
    #[must_use]
    pub fn read(callback: &[u8], variables: Option<&[u8]>) -> Self {
        let mut given = Self::empty();
        given.take_variables(variables);
        given.take_callback(callback);
        given
    }

    /// Reads the callback of a request; `None` if it asks for none.
    #[must_use]
    pub fn in_request(request: &Request<'_>) -> Option<Self> {
        let mut given = Self::empty();
        let variables = given.parameter(request, Parameter::CallbackVar);
        let callback = given.parameter(request, Parameter::Callback)?;
        given.take_variables(variables.as_deref());
        given.take_callback(&callback);
        Some(given)
    }

    /// Reads the callback of an upload form; `None` if it asks for none.
    #[must_use]
    pub fn in_form(form: &Form<'_>) -> Option<Self> {
        let mut given = Self::empty();
        let callback = form.value(Parameter::Callback.as_str())?;
        if form.value(Parameter::CallbackVar.as_str()).is_some() {
            given.problems.push(Problem::VariablesInOneField);
        }
        let variables = form.fields().filter(|(name, _)| name.starts_with(OWN));
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        given.fields.variables = variables.map(|(name, value)| (Cow::Owned(name.into()), Cow::Owned(text(value)))).collect();
        given.take_callback(callback);
        Some(given)
    }

    /// What it says.
    #[must_use]
    pub fn fields(&self) -> &CallbackFields<'static> {
        &self.fields
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The callback, if OSS accepts it and it does what it says.
    ///
    /// # Errors
    ///
    /// When something is wrong with it; the error names all of it.
    pub fn into_callback(self) -> Result<Callback<'static>, CallbackError> {
        Callback::checked(self.fields, self.problems)
    }

    /// The value of a parameter, of the header if both are there.
    fn parameter<'a>(&mut self, request: &Request<'a>, parameter: Parameter) -> Option<Cow<'a, [u8]>> {
        let header = request.header_value(parameter.header());
        let param = request.param(parameter.as_str());
        if header.is_some() && param.is_some() {
            self.problems.push(Problem::GivenTwice(parameter));
        }
        if matches!(param, Some(Param::Wire(_, Some(raw))) if raw.contains(&b'+')) {
            self.problems.push(Problem::BarePlus(parameter));
        }
        header.map(Cow::Borrowed).or_else(|| param.map(|param| param.value().unwrap_or_default()))
    }

    fn take_callback(&mut self, encoded: &[u8]) {
        let Some(text) = self.decoded(Parameter::Callback, encoded) else { return };
        let Some(Members(members)) = self.members(Parameter::Callback, &text) else { return };
        for (name, value) in members {
            self.take_member(name.into_owned(), value);
        }
        check::fields(&self.fields, &mut self.problems);
    }

    fn take_variables(&mut self, encoded: Option<&[u8]>) {
        let Some(text) = encoded.and_then(|encoded| self.decoded(Parameter::CallbackVar, encoded)) else { return };
        let Some(Members(members)) = self.members(Parameter::CallbackVar, &text) else { return };
        for (name, value) in members {
            let name = name.into_owned();
            match string(value) {
                Some(text) => self.fields.variables.push((name.into(), text)),
                None => self.problems.push(Problem::VariableNotText { name, found: shown(value) }),
            }
        }
    }

    /// The text under the Base64 of a parameter.
    fn decoded(&mut self, parameter: Parameter, encoded: &[u8]) -> Option<String> {
        if let Some(problem) = check::length(parameter, encoded.len()) {
            self.problems.push(problem);
            return None;
        }
        let Some(decoded) = Encoding::Base64.decode(encoded) else {
            let found = shown(&String::from_utf8_lossy(encoded));
            self.problems.push(Problem::NotBase64 { parameter, found });
            return None;
        };
        let not_utf8 = |error: FromUtf8Error| {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            self.problems.push(Problem::NotJson { parameter, text, reason: error.to_string() });
        };
        String::from_utf8(decoded).map_err(not_utf8).ok()
    }

    /// The members of a parameter.
    fn members<'t>(&mut self, parameter: Parameter, text: &'t str) -> Option<Members<'t>> {
        let problem = match json::members(text) {
            Ok(members) => return Some(members),
            Err(NoMembers::NotAnObject(found)) => Problem::NotAnObject { parameter, found: shown(found) },
            Err(NoMembers::NotJson(_)) if parameter == Parameter::Callback && lacks_backslashes(text) => {
                Problem::QuotesNotEscaped { text: text.into() }
            }
            Err(NoMembers::NotJson(reason)) => Problem::NotJson { parameter, text: text.into(), reason },
        };
        self.problems.push(problem);
        None
    }

    fn take_member(&mut self, name: String, value: &str) {
        let fields = &mut self.fields;
        let (member, slot) = match name.as_str() {
            "callbackUrl" => ("callbackUrl", &mut fields.url),
            "callbackHost" => ("callbackHost", &mut fields.host),
            "callbackBody" => ("callbackBody", &mut fields.body),
            "callbackBodyType" => ("callbackBodyType", &mut fields.body_type),
            _ => return self.take_other(name, value),
        };
        if slot.is_some() {
            self.problems.push(Problem::Twice(name));
        }
        *slot = string(value);
        if slot.is_none() {
            self.problems.push(Problem::WrongType { member, expected: words!("text in quotes"), found: shown(value) });
        }
    }

    fn take_other(&mut self, name: String, value: &str) {
        const MEMBERS: [&str; 6] =
            ["callbackUrl", "callbackHost", "callbackBody", "callbackBodyType", "callbackSNI", "additionalHeaders"];
        let wrong = |member, expected| Problem::WrongType { member, expected, found: shown(value) };
        match name.as_str() {
            "callbackSNI" => match serde_json::from_str(value) {
                Ok(sni) => self.fields.sni = Some(sni),
                Err(_) => self.problems.push(wrong("callbackSNI", words!("`true` or `false`"))),
            },
            "additionalHeaders" => {
                match json::members(value) {
                    Ok(Members(headers)) => {
                        let reserved = headers.into_iter().map(|(name, _)| name.into_owned());
                        let reserved = reserved.filter(|name| name.starts_with("x-oss-"));
                        self.problems.extend(reserved.map(Problem::AdditionalHeader));
                    }
                    Err(_) => self.problems.push(wrong("additionalHeaders", words!("an object"))),
                }
                self.fields.others.push((name, value.into()));
            }
            _ => {
                let meant = check::same_but_for_case(&name, &MEMBERS);
                self.problems.push(Problem::UnknownMember { name: name.clone(), meant });
                self.fields.others.push((name, value.into()));
            }
        }
    }
}

fn string(value: &str) -> Option<Cow<'static, str>> {
    json::text(value).ok().map(|text| Cow::Owned(text.into_owned()))
}

/// Whether a text looks like JSON whose `callbackBody` holds quotes without a backslash.
fn lacks_backslashes(text: &str) -> bool {
    let behind = text.split_once("\"callbackBody\"").map(|(_, behind)| behind.trim_start());
    let value = behind.and_then(|behind| behind.strip_prefix(':')).map(str::trim_start);
    let inner = value.and_then(|value| value.strip_prefix('"')).map(str::trim_start);
    inner.and_then(|inner| inner.strip_prefix('{')).is_some_and(|inner| inner.trim_start().starts_with('"'))
}
