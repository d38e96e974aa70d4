//! Making `callback` and `callback-var`.

use super::{
    BodyType, FORM, JSON, Parameter, check,
    problem::{Problem, Weight},
    template::{MissingVariable, Template, Value},
};
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    signature::Encoding,
    wire::{
        json::{write_name, write_string},
        percent,
    },
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// What `callback` and `callback-var` say, nothing filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackFields<'a> {
    /// Where OSS posts: up to five URLs separated by `;`, tried in order.
    pub url: Option<Cow<'a, str>>,
    /// The `Host` of the callback, if not that of the URL.
    pub host: Option<Cow<'a, str>>,
    /// Template of the body.
    pub body: Option<Cow<'a, str>>,
    /// The type of the body.
    pub body_type: Option<Cow<'a, str>>,
    /// Whether OSS names the host when it begins TLS.
    pub sni: Option<bool>,
    /// The variables of the uploader, in order.
    pub variables: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Further members of `callback`, in order: the name, and the value in JSON as it was written.
    pub others: Vec<(String, String)>,
}

impl CallbackFields<'_> {
    /// The type of the body; `None` if it is none of the two.
    pub(super) fn known_body_type(&self) -> Option<BodyType> {
        match self.body_type.as_deref() {
            None | Some(FORM) => Some(BodyType::Form),
            Some(JSON) => Some(BodyType::Json),
            Some(_) => None,
        }
    }
}

/// A callback that OSS accepts and that does what it says.
///
/// Build one with [`Callback::form`] or [`Callback::json`], or take the one of an upload from
/// [`Given`](super::Given).
///
/// ```
/// use countersign::providers::oss::callback::{Callback, Value};
///
/// let template = r#"{"key":${object},"size":${size},"user":${x:user}}"#;
/// let callback = Callback::json("https://app.example.com/uploaded", template).variable("x:user", "4711").build()?;
/// assert_eq!(
///     callback.to_json(),
///     r#"{"callbackUrl":"https://app.example.com/uploaded","callbackBody":"{\"key\":${object},\"size\":${size},\"user\":${x:user}}","callbackBodyType":"application/json"}"#
/// );
/// assert_eq!(callback.headers()[1], ("x-oss-callback-var", "eyJ4OnVzZXIiOiI0NzExIn0=".into()));
///
/// // What OSS will post.
/// let body = callback.render(&[("object", Value::Text("a \"b\".jpg")), ("size", Value::Number(1024))])?;
/// assert_eq!(body, r#"{"key":"a \"b\".jpg","size":1024,"user":"4711"}"#);
///
/// // OSS writes the quotes itself.
/// let refused = Callback::json("https://app.example.com/uploaded", r#"{"key":"${object}"}"#).build().unwrap_err();
/// assert_eq!(refused.to_string(), "`${object}` stands between quotes; expected none, as OSS writes them itself");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback<'a> {
    fields: CallbackFields<'a>,
    body_type: BodyType,
    advice: Vec<Problem>,
}

impl<'a> Callback<'a> {
    /// A callback with a form: `bucket=${bucket}&object=${object}&user=${x:user}`.
    pub fn form(url: impl Into<Cow<'a, str>>, template: impl Into<Cow<'a, str>>) -> CallbackBuilder<'a> {
        let fields = CallbackFields { url: Some(url.into()), body: Some(template.into()), ..CallbackFields::default() };
        CallbackBuilder { fields }
    }

    /// A callback with JSON: `{"object":${object},"size":${size}}`, without quotes around the variables.
    pub fn json(url: impl Into<Cow<'a, str>>, template: impl Into<Cow<'a, str>>) -> CallbackBuilder<'a> {
        let mut builder = Self::form(url, template);
        builder.fields.body_type = Some(JSON.into());
        builder
    }

    /// Takes fields in which `problems` were found.
    pub(super) fn checked(fields: CallbackFields<'a>, problems: Vec<Problem>) -> Result<Self, CallbackError> {
        match fields.known_body_type() {
            Some(body_type) if problems.iter().all(|problem| problem.weight() == Weight::Advice) => {
                Ok(Self { fields, body_type, advice: problems })
            }
            _ => Err(CallbackError { problems }),
        }
    }

    /// What it says.
    #[must_use]
    pub fn fields(&self) -> &CallbackFields<'a> {
        &self.fields
    }

    /// The type of the body.
    #[must_use]
    pub fn body_type(&self) -> BodyType {
        self.body_type
    }

    /// What could be better.
    #[must_use]
    pub fn advice(&self) -> &[Problem] {
        &self.advice
    }

    /// `callback` in JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let fields = &self.fields;
        let texts = [
            ("callbackUrl", &fields.url),
            ("callbackHost", &fields.host),
            ("callbackBody", &fields.body),
            ("callbackBodyType", &fields.body_type),
        ];
        let mut json = String::new();
        for (name, text) in texts {
            if let Some(text) = text {
                write_name(name, &mut json);
                write_string(&[text], &mut json);
            }
        }
        if let Some(sni) = fields.sni {
            write_name("callbackSNI", &mut json);
            json.push_str(if sni { "true" } else { "false" });
        }
        for (name, value) in &fields.others {
            write_name(name, &mut json);
            json.push_str(value);
        }
        json.push('}');
        json
    }

    /// `callback-var` in JSON; `None` without variables.
    #[must_use]
    pub fn variables_to_json(&self) -> Option<String> {
        let mut json = String::new();
        for (name, value) in &self.fields.variables {
            write_name(name, &mut json);
            write_string(&[value], &mut json);
        }
        if json.is_empty() {
            return None;
        }
        json.push('}');
        Some(json)
    }

    /// As headers of an upload, which are signed like all that begin with `x-oss-`.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        self.parameters().map(|(parameter, value)| (parameter.header(), value)).collect()
    }

    /// As part of a query, escaped, without `?` or `&` before it. Add it to the URL before that is signed.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        for (parameter, value) in self.parameters() {
            let value = percent::encoded(value.as_bytes(), &percent::UNRESERVED);
            query.push_str(if query.is_empty() { "" } else { "&" });
            query.push_str(parameter.as_str());
            query.push('=');
            query.push_str(&String::from_utf8_lossy(&value));
        }
        query
    }

    /// As fields of an upload form: `callback`, and a field for every variable. They can be changed by the
    /// sender unless the policy names them.
    #[must_use]
    pub fn form_fields(&self) -> Vec<(String, String)> {
        let callback = (Parameter::Callback.as_str().into(), Encoding::Base64.encode(self.to_json().as_bytes()));
        let variables = self.fields.variables.iter().map(|(name, value)| (name.clone().into_owned(), value.clone().into_owned()));
        core::iter::once(callback).chain(variables).collect()
    }

    fn parameters(&self) -> impl Iterator<Item = (Parameter, String)> {
        let variables = self.variables_to_json().map(|json| (Parameter::CallbackVar, json));
        let all = [(Parameter::Callback, self.to_json())].into_iter().chain(variables);
        all.map(|(parameter, json)| (parameter, Encoding::Base64.encode(json.as_bytes())))
    }

    /// The body OSS would post, for these values of its own variables. A test server can be driven with it.
    ///
    /// # Errors
    ///
    /// When the template names a variable that has no value. For what is no image, OSS takes empty texts for
    /// `imageInfo.height` and the like; give them.
    pub fn render(&self, system: &[(&str, Value<'_>)]) -> Result<String, MissingVariable> {
        let template = Template::parse(self.fields.body.as_deref().unwrap_or_default(), &mut Vec::new());
        template.render(self.body_type, |name| {
            let own = self.fields.variables.iter().rfind(|(own, _)| own == name).map(|(_, value)| Value::Text(value));
            own.or_else(|| system.iter().find(|(given, _)| *given == name).map(|(_, value)| *value))
        })
    }
}

/// Why a callback is not made: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackError {
    problems: Vec<Problem>,
}

impl CallbackError {
    /// What is wrong; at least one thing.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Told for CallbackError {
    fn told(&self) -> Phrase {
        let all = Phrase::joined(self.problems.iter().map(Told::told), &phrase!("{first}; {rest}"));
        all.unwrap_or_else(|| phrase!("there is nothing wrong with it"))
    }
}

tell_in_english!(CallbackError);
impl core::error::Error for CallbackError {}

/// Puts a callback together. Start with [`Callback::form`] or [`Callback::json`].
#[derive(Clone, Debug)]
#[must_use]
pub struct CallbackBuilder<'a> {
    fields: CallbackFields<'a>,
}

impl<'a> CallbackBuilder<'a> {
    /// A URL to try if those before it fail. There can be five in all.
    pub fn or_url(mut self, url: &str) -> Self {
        let before = self.fields.url.take().unwrap_or_default();
        self.fields.url = Some([&before, ";", url].concat().into());
        self
    }

    /// The `Host` of the callback.
    pub fn host(mut self, host: impl Into<Cow<'a, str>>) -> Self {
        self.fields.host = Some(host.into());
        self
    }

    /// Has OSS name the host when it begins TLS, which servers with several certificates need.
    pub fn sni(mut self) -> Self {
        self.fields.sni = Some(true);
        self
    }

    /// Adds a variable, whose name begins with `x:`.
    pub fn variable(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.fields.variables.push((name.into(), value.into()));
        self
    }

    /// The callback.
    ///
    /// # Errors
    ///
    /// When OSS would refuse it, or it would not do what it says; the error names all of it.
    pub fn build(self) -> Result<Callback<'a>, CallbackError> {
        let mut problems = Vec::new();
        check::fields(&self.fields, &mut problems);
        let callback = Callback::checked(self.fields, problems)?;
        let lengths = callback.parameters().filter_map(|(parameter, value)| check::length(parameter, value.len()));
        let too_long: Vec<_> = lengths.collect();
        if too_long.is_empty() { Ok(callback) } else { Err(CallbackError { problems: too_long }) }
    }
}
