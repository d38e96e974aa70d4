//! The `Authorization` header: one word, then what the scheme puts behind it.

use crate::{
    error::{ClaimError, Fault},
    subject::Request,
    wire::{query::Times, split_once},
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

/// An item of a list, if it is there.
pub(crate) struct Item<'a> {
    name: &'static str,
    first: Option<&'a [u8]>,
    times: Times,
}

impl<'a> Item<'a> {
    /// Its value; `None` when it is not there.
    pub(crate) fn value(self) -> Result<Option<&'a [u8]>, ClaimError> {
        match self.times {
            Times::Once => Ok(self.first),
            Times::More => Err(ClaimError::new(self.name, Fault::Twice, self.first.unwrap_or_default())),
        }
    }

    /// Its value, which is needed.
    pub(crate) fn needed(self) -> Result<&'a [u8], ClaimError> {
        let name = self.name;
        self.value()?.ok_or(ClaimError::new(name, Fault::Missing, b""))
    }
}

/// The items with these names in a list of `name=value` items separated by commas and blanks.
pub(crate) fn items<'a, const N: usize>(list: &'a [u8], names: [&'static str; N]) -> [Item<'a>; N] {
    let mut items = names.map(|name| Item { name, first: None, times: Times::Once });
    let mut rest = Some(list);
    while let Some(text) = rest {
        let (one, behind) = split_once(text, b',');
        rest = behind;
        let one = one.trim_ascii();
        for item in &mut items {
            if let Some(value) = one.strip_prefix(item.name.as_bytes()).and_then(|value| value.strip_prefix(b"=")) {
                item.times = if item.first.is_some() { Times::More } else { Times::Once };
                item.first = item.first.or(Some(value));
            }
        }
    }
    items
}
