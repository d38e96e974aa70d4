//! Upload tokens of Kodo.

use super::{Made, ends, signer};
use crate::{
    args::{self, Token},
    input::{self, Source},
    report::curl::Curl,
    secrets::veiled,
    trouble::{Placeholder, Trouble},
    verbs::{setting::Setting, sign::tokenless},
};
use countersign::{
    Scheme, Timestamp,
    providers::kodo::{self, PolicyFields, Problem, PutPolicy},
};
use std::path::Path;

/// No policy is longer; a file that is was named by mistake.
const LIMIT: usize = 1 << 20;

pub(super) fn make(args: &Token, scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Result<Made, Trouble> {
    if let Some(option) = args.grant.given() {
        return Err(Trouble::ForeignOption { option, scheme: scheme.id() });
    }
    let (json, policy, source) = policy(&args.policy, ends(args, setting), scheme)?;
    let who = tokenless(signer(args, scheme, &source, setting)?)?;
    let token = kodo::sign_policy(json.as_bytes(), &who);
    let fields = policy.fields();
    // A policy of the options has no field that is misspelt.
    for lint in kodo::lint(fields, setting.at).iter().filter(|lint| lint.code == "unknown-field") {
        let language = setting.words.language();
        setting.warn(&language.tell(&lint.why()), &language.tell(&lint.mend()));
    }
    Ok(Made {
        scheme,
        ends: fields.deadline.map(Timestamp::from_unix),
        curl: args.curl.then(|| command(&Form::of(&token, fields), None, setting)).transpose()?,
        // It was read as JSON before.
        policy: serde_json::from_str(&json).ok(),
        original: None,
        token,
    })
}

/// The policy the options make, or name: its JSON, its fields, and where it comes from.
pub(in crate::verbs) fn policy<'a>(
    options: &'a args::PutPolicy,
    deadline: Timestamp,
    scheme: &'static dyn Scheme,
) -> Result<(String, PutPolicy<'a>, Source), Trouble> {
    match &options.policy {
        Some(file) => ready(file, options),
        None => {
            let policy = built(options, deadline, scheme)?;
            Ok((policy.to_json(), policy, Source::Argument))
        }
    }
}

/// A policy in a file, which is checked and kept as it is.
fn ready(file: &Path, options: &args::PutPolicy) -> Result<(String, PutPolicy<'static>, Source), Trouble> {
    if let Some(option) = options.given() {
        return Err(Trouble::BesidePolicy(option));
    }
    let (bytes, source) = input::contents(file, LIMIT)?;
    let refused = |problems| Trouble::Policy(Some(source.clone()), problems);
    let json =
        String::from_utf8(bytes).map_err(|error| refused(vec![Problem::NotUtf8 { at: error.utf8_error().valid_up_to() }]))?;
    let quoted = |problem: &Problem| match problem.clone() {
        Problem::NotJson { found, reason } => Problem::NotJson { found: veiled(&found), reason },
        other => other,
    };
    let policy = PutPolicy::parse(&json).map_err(|error| refused(error.problems().iter().map(quoted).collect()))?;
    Ok((json, policy, source))
}

/// A policy made of the options.
fn built<'a>(options: &'a args::PutPolicy, deadline: Timestamp, scheme: &'static dyn Scheme) -> Result<PutPolicy<'a>, Trouble> {
    let scope = options.scope.as_deref().ok_or(Trouble::OptionNeeded { option: "--scope", scheme: scheme.id() })?;
    let mut policy = match scope.split_once(':') {
        Some((bucket, prefix)) if options.prefix => PutPolicy::for_prefix(bucket, prefix, deadline),
        Some((bucket, key)) => PutPolicy::for_key(bucket, key, deadline),
        None if options.prefix => return Err(Trouble::NoPrefix(scope.to_owned())),
        None => PutPolicy::for_bucket(scope, deadline),
    };
    if options.insert_only {
        policy = policy.insert_only();
    }
    if let Some(bytes) = options.fsize_limit {
        policy = policy.fsize_limit(bytes);
    }
    if let Some(bytes) = options.fsize_min {
        policy = policy.fsize_min(bytes);
    }
    if let Some(types) = &options.mime {
        policy = policy.mime_limit(types);
    }
    if let Some(how) = options.detect_mime {
        policy = policy.detect_mime(how.0);
    }
    // One of the two alone is a contradiction, which is for the library to say.
    if options.callback_url.is_some() || options.callback_body.is_some() {
        let text = |option: &'a Option<String>| option.as_deref().unwrap_or_default();
        policy = policy.callback(text(&options.callback_url), text(&options.callback_body));
    }
    if let Some(body_type) = options.callback_body_type {
        policy = policy.callback_body_type(body_type.0);
    }
    if let Some(template) = &options.return_body {
        policy = policy.return_body(template);
    }
    if let Some(url) = &options.return_url {
        policy = policy.return_url(url);
    }
    policy = match (&options.save_key, options.force_save_key) {
        (template, true) => policy.force_save_key(template.as_deref().unwrap_or_default()),
        (Some(template), false) => policy.save_key(template),
        (None, false) => policy,
    };
    if let Some(user) = &options.end_user {
        policy = policy.end_user(user);
    }
    if let Some(class) = options.file_type {
        policy = policy.file_type(class.0);
    }
    if let Some(days) = options.delete_after_days {
        policy = policy.delete_after_days(days);
    }
    policy.build().map_err(|error| Trouble::Policy(None, error.problems().to_vec()))
}

/// The fields of an upload form. Of the key the client names what the policy names, if it names one.
pub(in crate::verbs) struct Form {
    pub fields: Vec<(String, String)>,
    /// Whether the key ends in a word that stands for the rest.
    has_placeholder: bool,
}

impl Form {
    pub fn of(token: &str, policy: &PolicyFields<'_>) -> Self {
        let is_prefix = policy.is_prefixal_scope == Some(1);
        let key = policy.scope.as_ref().and_then(|scope| scope.key.as_deref());
        let written = key.map(|key| if is_prefix { format!("{key}{}", Placeholder::Name.as_str()) } else { key.to_owned() });
        let mut fields = vec![("token".to_owned(), token.to_owned())];
        fields.extend(written.map(|key| ("key".to_owned(), key)));
        Self { fields, has_placeholder: is_prefix && key.is_some() }
    }

    /// The word that stands for the rest of the key.
    pub fn placeholder(&self) -> Option<Placeholder> {
        self.has_placeholder.then_some(Placeholder::Name)
    }

    /// Adds fields, or puts their values in place of those there are.
    pub fn with(mut self, given: &[(String, String)]) -> Self {
        for (name, value) in given {
            self.has_placeholder &= name != "key";
            match self.fields.iter_mut().find(|(own, _)| own == name) {
                Some((_, own)) => own.clone_from(value),
                None => self.fields.push((name.clone(), value.clone())),
            }
        }
        self
    }
}

/// Where uploads of the region go.
pub(in crate::verbs) fn upload_host(setting: &Setting<'_>) -> Result<Option<&'static str>, Trouble> {
    let known = |region: &String| {
        kodo::upload_host(region).ok_or_else(|| Trouble::Region(region.clone(), kodo::upload_regions().collect()))
    };
    setting.common.region.as_ref().map(known).transpose()
}

/// An upload form as a command, with this file or a word for one.
pub(in crate::verbs) fn command(form: &Form, file: Option<&str>, setting: &Setting<'_>) -> Result<Curl, Trouble> {
    let host = upload_host(setting)?;
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let url = format!("https://{}/", host.unwrap_or(Placeholder::UploadHost.as_str()));
    let mut curl = Curl::form(&url, &fields).file("file", file, None);
    if let Some(placeholder) = form.placeholder() {
        curl = curl.stands_for(placeholder);
    }
    if host.is_none() {
        curl = curl.stands_for(Placeholder::UploadHost);
    }
    Ok(curl)
}
