//! The `Authorization` header: one word, then what the scheme puts behind it.

use crate::{
    error::{ClaimError, Fault},
    subject::Request,
    wire::split_once,
};

/// What follows `word` in the only `Authorization` field; `None` when the field is absent or starts with another word.
pub(crate) fn after_word<'a>(request: &Request<'a>, word: &str) -> Result<Option<&'a [u8]>, ClaimError> {
    let mut fields = request.headers_named("authorization").map(|field| field.trimmed());
    let Some(value) = fields.next() else { return Ok(None) };
    let (first, rest) = split_once(value, b' ');
    if !first.eq_ignore_ascii_case(word.as_bytes()) {
        return Ok(None);
    }
    if fields.next().is_some() {
        return Err(ClaimError::new("Authorization", Fault::Twice, value));
    }
    Ok(Some(rest.unwrap_or_default().trim_ascii()))
}

/// The value of `name` in a list of `name=value` items separated by commas and blanks.
pub(crate) fn item<'a>(list: &'a [u8], name: &'static str) -> Result<&'a [u8], ClaimError> {
    let mut rest = Some(list);
    let items = core::iter::from_fn(|| {
        let (item, behind) = split_once(rest?, b',');
        rest = behind;
        Some(item)
    });
    let mut values = items.filter_map(|item| item.trim_ascii().strip_prefix(name.as_bytes())?.strip_prefix(b"="));
    let value = values.next().ok_or(ClaimError::new(name, Fault::Missing, b""))?;
    match values.next() {
        Some(_) => Err(ClaimError::new(name, Fault::Twice, value)),
        None => Ok(value),
    }
}
